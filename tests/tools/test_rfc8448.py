"""The extraction from the text of RFC 8448: pages, sections, steps, and octets that are counted."""

import pytest

from tools import rfc8448

TEXT = """
1.  Introduction

   TLS 1.3 defines a new key schedule.

2.  Private Keys

   The server uses an RSA certificate with a private key of:

   modulus (public):  b4 bb
      49

   public exponent:  01 00 01

3.  Simple

   In this example, the simplest possible handshake is completed.

   {client}  extract secret "early" (same as server early
      secret)

   {client}  create a key pair:

      private key (4 octets):  49 af



Thomson                       Informational                     [Page 3]
\f
RFC 8448                     TLS 1.3 Traces                 January 2019


         42 ba

      salt:  0 (all zero octets)

      hash (0 octets):  (empty)
""" + "".join(f"\n{number}.  More\n\n   {{server}}  send alert record:\n\n"
              f"      payload (2 octets):  01 0{number}\n" for number in range(4, 8))


def test_what_comes_out():
    found = rfc8448.extract(TEXT)
    assert found["rsa_key"] == {"modulus": "b4bb49", "public exponent": "010001"}
    first, *others = found["traces"]
    assert first == {"section": 3, "title": "Simple", "steps": [
        {"who": "client", "what": 'extract secret "early" (same as server early secret)',
         "values": {}},
        {"who": "client", "what": "create a key pair",
         "values": {"private key": "49af42ba", "hash": ""}}]}
    assert [item["steps"][0]["values"] for item in others] == [
        {"payload": f"010{number}"} for number in range(4, 8)]


def test_octets_are_counted():
    with pytest.raises(ValueError, match="private key: 4 octets are printed, not 5"):
        rfc8448.extract(TEXT.replace("(4 octets)", "(5 octets)"))


def test_no_value_is_lost_to_another_of_the_same_name():
    with pytest.raises(ValueError, match="stands twice"):
        rfc8448.extract(TEXT.replace("hash (0 octets):  (empty)", "private key (1 octets):  00"))
