"""Lesson 02: published test vectors, as the RFCs print them. Each is computed again with the
standard library in tests/exercises/test_lesson02.py."""

from __future__ import annotations

from typing import NamedTuple


class HmacVector(NamedTuple):
    """RFC 4231 section 4: HMAC-SHA-256. (Test case 5 cuts its tag off and is left out.)"""

    case: int
    key: bytes
    message: bytes
    tag: bytes


_H = bytes.fromhex

RFC4231 = (
    HmacVector(1, b"\x0b" * 20, b"Hi There",
               _H("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")),
    HmacVector(2, b"Jefe", b"what do ya want for nothing?",
               _H("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")),
    HmacVector(3, b"\xaa" * 20, b"\xdd" * 50,
               _H("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")),
    HmacVector(4, bytes(range(1, 26)), b"\xcd" * 50,
               _H("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")),
    HmacVector(6, b"\xaa" * 131, b"Test Using Larger Than Block-Size Key - Hash Key First",
               _H("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")),
    HmacVector(7, b"\xaa" * 131,
               b"This is a test using a larger than block-size key and a larger than block-size "
               b"data. The key needs to be hashed before being used by the HMAC algorithm.",
               _H("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2")),
)


class HkdfVector(NamedTuple):
    """RFC 5869 appendix A: HKDF with SHA-256, the expand step."""

    case: int
    key: bytes
    info: bytes
    output: bytes


RFC5869 = (
    HkdfVector(1, _H("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"),
               _H("f0f1f2f3f4f5f6f7f8f9"),
               _H("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                  "34007208d5b887185865")),
    HkdfVector(2, _H("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244"),
               bytes(range(0xB0, 0x100)),
               _H("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                  "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                  "cc30c58179ec3e87c14c01d5c1f3434f1d87")),
    HkdfVector(3, _H("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"), b"",
               _H("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                  "9d201395faa4b61a96c8")),
)
