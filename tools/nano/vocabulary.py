"""Byte-level vocabulary of R1 Nano: 256 bytes and the six special tokens of DeepSeek-R1.

A token id below 256 is the byte of that value, so encoding text is `str.encode`.
"""

BYTE_COUNT = 256
END_OF_SENTENCE, USER, ASSISTANT, BEGIN_OF_SENTENCE, THINK, END_THINK = range(BYTE_COUNT, BYTE_COUNT + 6)

SPECIAL_TEXT = {
    END_OF_SENTENCE: "<｜end▁of▁sentence｜>",
    USER: "<｜User｜>",
    ASSISTANT: "<｜Assistant｜>",
    BEGIN_OF_SENTENCE: "<｜begin▁of▁sentence｜>",
    THINK: "<think>",
    END_THINK: "</think>",
}
SIZE = BYTE_COUNT + len(SPECIAL_TEXT)

# What R1 puts in front of an answer: an open thought, or a closed empty one when thinking is off.
THINKING_ON = [THINK, ord("\n")]
THINKING_OFF = [THINK, *b"\n\n", END_THINK, *b"\n\n"]


def encode(text: str) -> list[int]:
    """Token ids of plain text; the text of a special token is not recognised here."""
    return list(text.encode())


def decode(ids: list[int]) -> str:
    """Text of token ids, special tokens written out."""
    pieces = [bytes([i]) if i < BYTE_COUNT else SPECIAL_TEXT[i].encode() for i in ids]
    return b"".join(pieces).decode("utf-8", errors="replace")


def gpt2_byte_alphabet() -> list[str]:
    """The printable character by which GPT-2 vocabularies write each of the 256 bytes."""
    printable = {*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAC + 1), *range(0xAE, 0xFF + 1)}
    alphabet, next_free = [], 0x100
    for byte in range(BYTE_COUNT):
        if byte in printable:
            alphabet.append(chr(byte))
        else:
            alphabet.append(chr(next_free))
            next_free += 1
    return alphabet
