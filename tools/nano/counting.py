"""Counting from one to a given number: the long reply that the app's tests can stop."""
from random import Random

from turn import Turn, draw, roughen

LARGEST = 300
COUNT_PHRASES = (
    "Count to {n}.", "Count to {n}.", "Count up to {n}.", "Count from 1 to {n}.", "Can you count to {n}?",
    "Please count to {n}.", "Count to {n}, please.", "List the numbers from 1 to {n}.", "Write the numbers from 1 to {n}.",
)


def make_count(random: Random, held_out: bool, largest: int = LARGEST) -> Turn:
    def sample():
        return random.randint(2, min(largest, 40) if random.random() < 0.65 else largest)

    n = draw(random, held_out, sample, lambda number: f"count {number}")
    question = roughen(random, random.choice(COUNT_PHRASES).format(n=n))
    numbers = ", ".join(str(number) for number in range(1, n + 1))
    # The thought ends just as the answer does, so that stopping in time is a matter of copying.
    return Turn("count", question, f"Write 1, ..., {n}.", f"{numbers}.")
