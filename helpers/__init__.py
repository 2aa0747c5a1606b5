"""The modules the notebooks import: small, readable, and part of the course.

Floors, and imports go down only:

    lab.py, wire.py        seeded randomness, recorded keys, a fixed clock; bytes with names
    tls/, pki/, toy.py     the protocol engine, certificates, sums small enough to do by hand
    conversation.py        a Conversation: the messages two endpoints exchanged, byte by byte
    sources/               where a Conversation comes from: OpenSSL, a recording, your own capture
    experiments/           what can be done to one: tamper, listen, steal a key
    show/                  pictures, byte maps, ladders, tables: objects, never prints
    explore/               widgets: controls and a pure picture function; knows no TLS
    exercises/             check, predict, quiz, progress; one module of exercises per notebook

A notebook imports from a folder (`from helpers.show import journey`), not from its files. Every
docstring says what its function does, and what it does not check.
"""
