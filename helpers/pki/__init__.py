"""Certificates and who vouches for them: `authority` makes the lab's own."""
