"""Which of two numbers is larger, whole or with up to three decimals."""
from random import Random

from arithmetic import compare_digits, random_number
from turn import Turn, draw, roughen

LARGER, SMALLER = ("larger", "bigger", "greater", "higher"), ("smaller", "less", "lower")
WHICH_PHRASES = (
    "Which is {word}, {a} or {b}?", "Which is {word}: {a} or {b}?", "Which number is {word}, {a} or {b}?",
    "What is {word}, {a} or {b}?", "{a} or {b}, which is {word}?", "Is {a} or {b} {word}?",
    "Which one is {word}, {a} or {b}?", "What's {word}: {a} or {b}?",
)
PLAIN_PHRASES = ("Compare {a} and {b}.", "Compare {a} with {b}.", "{a} vs {b}", "{a} or {b}?")
CLAIM_PHRASES = ("Is {a} {word} than {b}?",)


def align(a: str, b: str) -> tuple[str, str]:
    """Pad two numbers with zeros, in front and after the point, to one shape."""
    (whole_a, _, rest_a), (whole_b, _, rest_b) = a.partition("."), b.partition(".")
    front, back = max(len(whole_a), len(whole_b)), max(len(rest_a), len(rest_b))
    point = "." if back else ""
    return (whole_a.zfill(front) + point + rest_a.ljust(back, "0"), whole_b.zfill(front) + point + rest_b.ljust(back, "0"))


def random_decimal(random: Random, whole: int) -> str:
    """A number with this whole part and one to three decimals, or now and then none."""
    decimals = random.choice((0, 1, 1, 2, 2, 3))
    return f"{whole}." + "".join(random.choice("0123456789") for _ in range(decimals)) if decimals else str(whole)


def sample_pair(random: Random) -> tuple[str, str]:
    """Two numbers, often close to each other, since those are the hard ones."""
    if random.random() < 0.5:
        a = random_number(random)
        b = random_number(random)
        if random.random() < 0.5:
            b = min(9999, max(0, a + random.choice((-1000, -100, -10, -1, 0, 1, 9, 10, 100, 1000))))
        return str(a), str(b)
    whole = random_number(random, 2)
    other = whole if random.random() < 0.7 else random_number(random, 2)
    return random_decimal(random, whole), random_decimal(random, other)


def make_comparison(random: Random, held_out: bool) -> Turn:
    a, b = draw(random, held_out, lambda: sample_pair(random), lambda n: f"{n[0]}?{n[1]}")
    first, second = align(a, b)
    order = "equal" if first == second else "smaller" if first < second else "larger"
    verdict = f"{a} = {b}" if order == "equal" else f"{a} < {b}" if order == "smaller" else f"{b} < {a}"
    thought = f"{a} or {b}\n{compare_digits(first, second)}\nso {verdict}"
    wants_larger = random.random() < 0.5
    word = random.choice(LARGER if wants_larger else SMALLER)
    kind = random.random()
    if kind < 0.15:
        question = CLAIM_PHRASES[0].format(a=a, b=b, word=word)
        right = order == ("larger" if wants_larger else "smaller")
        said = "larger" if wants_larger else "smaller"
        answer = f"Yes, {a} is {said} than {b}." if right else f"No, {a} is not {said} than {b}."
    else:
        if kind < 0.3:
            wants_larger = True
            question = random.choice(PLAIN_PHRASES).format(a=a, b=b)
        else:
            question = random.choice(WHICH_PHRASES).format(a=a, b=b, word=word)
        chosen, other = (a, b) if (order == "larger") == wants_larger else (b, a)
        answer = f"**{chosen}** is {'larger' if wants_larger else 'smaller'} than {other}."
        if order == "equal":
            answer = f"{a} and {b} are **equal**."
    return Turn("comparison", roughen(random, question), thought, answer)
