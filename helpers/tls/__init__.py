"""A small TLS engine to read: bytes in, events and bytes out, nothing hidden.

`messages` and `extensions` are the structures, `record` the envelopes, `schedule12` the keys,
`client` the handshake in the order of the RFC. All arithmetic is the `cryptography` package's.
"""
