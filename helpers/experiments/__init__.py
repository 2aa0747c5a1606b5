"""What if? Conversations that go wrong on purpose, and what an eavesdropper makes of them."""
