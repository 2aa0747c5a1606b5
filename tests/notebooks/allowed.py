"""Exceptions to the rules for notebooks, each with its reason. Aim: empty."""

# Cells whose output is not compared: {(file name, cell id): reason}. At most three in the course.
IGNORED_OUTPUTS: dict[tuple[str, str], str] = {}

# Mutants of a solution that rightly pass: {(slug, mutant's label): why it is the same answer}.
# The label holds line and column in the solution, so it goes stale, loudly, when that is edited.
LONGER_OUTPUT = "the PRF's output only has to reach as far as the bytes that are cut out of it"
WHOLE_BLOCKS = "a state is reached behind whole blocks: one byte more or less is the same block"
ODD_MODULUS = "every modulus worth attacking is odd, so the search may begin at 3"
BLOCK_BEGINS = "the block begins with 00 02 and filler without 00: one byte more or less in front"
SAME_NUMBER = "the byte in front of the ciphertext is 00, so the number is the same"
XOR_COMMUTES = "XOR does not care which of the two comes first"
TYPE_FIRST = "in front of the zeros stands the content type, which is no letter x"
SUM_COMMUTES = "a sum does not care which of the two comes first"
NOT_IN_DER = "a length byte of exactly 128 means no length at all, which DER forbids"
LAST_LETTER = "the last letter of 32 bytes in base64url stands for 4 bits, and is never an x"
ZERO_SALT = "HMAC fills a short key up with zeros, so a salt of zeros is the same at any length"
HIGH_ZERO = "the highest byte of the time stays 0 for two million years"
ZEROS = "HMAC fills its key up with zeros, so the number of zeros in a salt does not matter"
EVERY_VISIT = "without a PSK it is the same in every visit, and a cell above has computed it"
ZERO_BEHIND = "HMAC fills its key up with zeros, and a zero stands behind the master secret"
SURVIVING_MUTANTS: dict[tuple[str, str], str] = {
    ("09-inner", "2:28 b'\\x00' -> b'\\x00x'"): TYPE_FIRST,
    ("09-flight", "16:35 b'\\x00' -> b'\\x00x'"): TYPE_FIRST,
    ("09-flight", "6:38 32 -> 31"): ZEROS,
    ("09-flight", "6:38 32 -> 33"): ZEROS,
    ("09-flight", "6:4 early_secret = hkdf_extract(bytes(32), bytes(32)) -> pass"): EVERY_VISIT,
    ("09-flight", "7:4 salt = derive_secret(early_secret, 'derived', b'') -> pass"): EVERY_VISIT,
    ("06-length", "2:17 128 -> 129"): NOT_IN_DER,
    ("06-length", "5:11 2 + more + int.from_bytes(data[2:2 + more], 'big') -> "
     "int.from_bytes(data[2:2 + more], 'big') + (2 + more)"): SUM_COMMUTES,
    ("06-acme", "6:53 '=' -> '=x'"): LAST_LETTER,
    ("10-binder", "6:38 32 -> 33"): ZERO_SALT,
    ("10-binder", "6:38 32 -> 31"): ZERO_SALT,
    ("06-sct", "6:42 33 -> 34"): HIGH_ZERO,
    ("03-break", "2:40 2 -> 3"): ODD_MODULUS,
    ("03-open", "2:40 6 -> 5"): SAME_NUMBER,
    ("03-open", "3:43 256 -> 257"): BLOCK_BEGINS,
    ("03-open", "3:43 256 -> 255"): BLOCK_BEGINS,
    ("03-open", "4:35 2 -> 1"): BLOCK_BEGINS,
    ("03-open", "4:35 2 -> 3"): BLOCK_BEGINS,
    ("02-already", "1:9 46 -> 47"): WHOLE_BLOCKS,
    ("02-already", "1:9 46 -> 45"): WHOLE_BLOCKS,
    ("02-already", "1:14 76 -> 77"): WHOLE_BLOCKS,
    ("02-already", "1:14 76 -> 75"): WHOLE_BLOCKS,
    ("08-write-keys", "3:46 40 -> 41"): LONGER_OUTPUT,
    ("08-write-keys", "3:46 40 -> 39"): LONGER_OUTPUT,
    ("08-ticket", "3:29 53 -> 54"): ZERO_BEHIND,
    ("08-ticket", "5:41 40 -> 41"): LONGER_OUTPUT,
    ("08-ticket", "5:41 40 -> 39"): LONGER_OUTPUT,
    ("08-decrypt-finished", "7:46 40 -> 41"): LONGER_OUTPUT,
    ("08-decrypt-finished", "7:46 40 -> 39"): LONGER_OUTPUT,
    ("01-second-message", "2:17 xor(first_sealed, other_sealed) -> "
     "xor(other_sealed, first_sealed)"): XOR_COMMUTES,
    ("01-second-message", "2:13 xor(xor(first_sealed, other_sealed), first_text) -> "
     "xor(first_text, xor(first_sealed, other_sealed))"): XOR_COMMUTES,
    ("01-change-payment", "3:18 xor(ciphertext[position:end], old) -> "
     "xor(old, ciphertext[position:end])"): XOR_COMMUTES,
    ("01-change-payment", "3:14 xor(xor(ciphertext[position:end], old), new) -> "
     "xor(new, xor(ciphertext[position:end], old))"): XOR_COMMUTES,
    ("01-record-nonce", "2:11 xor(iv, sequence_number.to_bytes(12, 'big')) -> "
     "xor(sequence_number.to_bytes(12, 'big'), iv)"): XOR_COMMUTES,
    ("01-open-record", "2:22 xor(iv, sequence_number.to_bytes(12, 'big')) -> "
     "xor(sequence_number.to_bytes(12, 'big'), iv)"): XOR_COMMUTES,
    ("01-open-record", "5:24 b'\\x00' -> b'\\x00x'"): TYPE_FIRST,
}
