"""The unit that everything here exchanges: one question with its thought and its answer."""
import hashlib
from dataclasses import dataclass
from random import Random

HELD_OUT_SHARE = 10  # one key in ten is never trained on


@dataclass(frozen=True)
class Turn:
    """One exchange; `thought` is the text between `<think>\\n` and `\\n</think>`."""

    family: str
    question: str
    thought: str
    answer: str


def is_held_out(key: str) -> bool:
    """Whether this operand pair, word or number belongs to the evaluation split."""
    return hashlib.blake2b(key.encode(), digest_size=4).digest()[0] % HELD_OUT_SHARE == 0


def draw(random: Random, held_out: bool, sample, key):
    """Call `sample()` until the key of what it gives lies in the wanted split."""
    while True:
        value = sample()
        if is_held_out(key(value)) == held_out:
            return value


def roughen(random: Random, question: str) -> str:
    """Type a question as people do: sometimes all in one case or without its last mark."""
    habit = random.random()
    if habit < 0.15:
        question = question.lower()
    elif habit < 0.22:
        question = question.upper()
    if random.random() < 0.25:
        question = question.rstrip("?.!")
    if random.random() < 0.06:
        question = random.choice(("Please: ", "Hi! ", "Hello, ", "Hey, ", "ok, ", "Now: ", "And ")) + question
    if random.random() < 0.06:
        question += random.choice((" Thanks!", " Please.", " please", "!", " ?", "\n", " ", "??"))
    return question
