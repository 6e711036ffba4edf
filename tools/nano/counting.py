"""Counting up to a number of at most 100, from one (the longest reply there is) or from a number near it."""
from random import Random

from turn import Turn, draw, roughen

LARGEST = 100
COUNT_PHRASES = (
    "Count to {n}.", "Count to {n}.", "Count up to {n}.", "Count from 1 to {n}.", "Can you count to {n}?",
    "Please count to {n}.", "Count to {n}, please.", "List the numbers from 1 to {n}.", "Write the numbers from 1 to {n}.",
)
RANGE_PHRASES = (
    "Count from {m} to {n}.", "Count from {m} up to {n}.", "List the numbers from {m} to {n}.",
    "Write the numbers from {m} to {n}.", "Can you count from {m} to {n}?",
)
LONGEST_RANGE, SHORT_RANGE = 25, 5  # numbers after the first


def make_count(random: Random, held_out: bool, largest: int = LARGEST) -> Turn:
    def sample():
        n = random.randint(2, random.choices((6, min(largest, 40), largest), weights=(1, 5, 4))[0])
        return n, roughen(random, random.choice(COUNT_PHRASES).format(n=n))

    n, question = draw(random, held_out, sample, by_wording)
    return Turn("count", question, *count_reply(1, n))


def make_range(random: Random, held_out: bool) -> Turn:
    """A short stretch of numbers: practice in stopping at large ones without a long reply."""
    def sample():
        n = random.randint(3, LARGEST)
        longest = SHORT_RANGE if random.random() < 0.4 else LONGEST_RANGE  # short ones are easily taken for one another
        m = random.randint(max(2, n - longest), n - 1)
        return m, n, roughen(random, random.choice(RANGE_PHRASES).format(m=m, n=n))

    m, n, question = draw(random, held_out, sample, by_wording)
    return Turn("count-range", question, *count_reply(m, n))


def by_wording(sampled: tuple) -> str:
    """There are too few numbers to keep some from the training: whole questions are held out instead."""
    return f"count {sampled[-1]}"


def count_reply(first: int, last: int) -> tuple[str, str]:
    """Thought and answer; the thought ends as the answer does, so stopping in time is a matter of copying."""
    numbers = ", ".join(str(number) for number in range(first, last + 1))
    return f"Start with {first}, end with {last - 1}, {last}.", f"{numbers}."
