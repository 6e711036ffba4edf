"""Questions outside the model's range, all answered by one honest sentence."""
from random import Random

from refusal_templates import HELD_OUT_TEMPLATES, LANGUAGES, NOUNS, TRAINING_TEMPLATES
from turn import Turn, is_held_out, roughen
from words import ALPHABET, dictionary_words, random_word

THOUGHT = "This is outside what I can do."
ANSWER = ("I am too small for that. I am R1 Nano, a tiny demo model: I only do small sums, compare numbers, "
          "count letters, reverse words and count to 100.")
SYMBOLS = ALPHABET + ALPHABET.upper() + "0123456789 .,;:!?-+*/=()[]{}<>#@%&_'\"\\|~^$äöüßéèñçøå"


def dictionary_word(random: Random, held_out: bool) -> str:
    while True:
        word = random.choice(NOUNS) if random.random() < 0.4 else random.choice(dictionary_words())
        if is_held_out(word) == held_out:
            return word


def from_template(random: Random, held_out: bool) -> str:
    """A general question; evaluation uses other templates and other words than training."""
    template = random.choice(HELD_OUT_TEMPLATES if held_out else TRAINING_TEMPLATES)
    while "{w}" in template:
        template = template.replace("{w}", dictionary_word(random, held_out), 1)
    while "{n}" in template:
        template = template.replace("{n}", str(random.randint(2, 10 ** random.randint(1, 4))), 1)
    return template.replace("{l}", random.choice(LANGUAGES))


def too_many_digits(random: Random) -> str:
    """A number just beyond the range of sums and differences, or far beyond."""
    return str(random.randint(10_000, 10 ** random.choice((5, 5, 6, 7, 9)) - 1))


def large_numbers(random: Random) -> str:
    """A sum, difference or comparison with at least one number that is too long."""
    other = too_many_digits(random) if random.random() < 0.5 else str(random.randint(0, 9999))
    pair = [too_many_digits(random), other]
    random.shuffle(pair)
    return random.choice((
        "What is {0} + {1}?", "{0}+{1}", "{0} - {1}", "What is {0} - {1}?", "Which is larger, {0} or {1}?", "{0} + {1}",
        "Add {0} and {1}.", "Subtract {0} from {1}.", "Compare {0} and {1}.", "{0} plus {1}", "{0} minus {1}",
    )).format(*pair)


def large_product(random: Random) -> str:
    pair = [str(random.randint(100, 10 ** random.choice((3, 3, 4, 5)) - 1)),
            str(random.randint(2, 10 ** random.choice((1, 2, 3, 4)) - 1))]
    random.shuffle(pair)
    return random.choice(("What is {0} * {1}?", "{0}*{1}", "{0} x {1}", "{0} times {1}", "What is {0} × {1}?",
                          "Multiply {0} by {1}.", "What is {0} times {1}?", "{0} * {1}")).format(*pair)


def other_arithmetic(random: Random) -> str:
    """Operations that were never taught, on numbers of the usual size."""
    a, b, c = (random.randint(1, 10 ** random.randint(1, 3) - 1) for _ in "abc")
    sign, second = random.choice("+-*"), random.choice("+-*")
    return random.choice((
        f"What is {a} / {b}?", f"{a}/{b}", f"{a} divided by {b}", f"Divide {a} by {b}.", f"What is {a} ÷ {b}?",
        f"What is {a} {sign} {b} {second} {c}?", f"{a} {sign} {b} {second} {c}", f"{a}{sign}{b}{second}{c}",
        f"What is the square root of {a}?", f"sqrt({a})", f"{a}^{b}", f"{a} squared", f"What is {a}% of {b}?",
        f"{a}! = ?", f"Is {a} a prime number?", f"What is {a} mod {b}?", f"({a} + {b}) * {c}", f"x + {a} = {b}",
        f"Solve {a}x + {b} = {c}.", f"What is {a}.{b} + {c}?", f"{a}.{b} {sign} {c}.{a}", f"What is -{a} {sign} {b}?",
        f"-{a} {sign} -{b}", f"Which is larger, {a}/{b} or {c}?", f"Add {a}, {b} and {c}.", f"log({a})", f"{a}",
        f"What is {a}?", f"Which is larger, {a}, {b} or {c}?", f"Count down from {a}.", f"Count from {a + 100} to {a + 100 + b}.",
        f"Count backwards from {a} to 1.", f"Count to {a} by twos.", f"{a} {b}", f"{a} + {b} and then?",
    ))


def other_spelling(random: Random) -> str:
    """Spelling questions beyond one letter in one word of at most fourteen letters."""
    one, two = random_word(random, 3, 10), random_word(random, 3, 10)
    long_word = "".join(random.choice(ALPHABET) for _ in range(random.randint(15, 30)))
    if random.random() < 0.5:
        long_word = (random_word(random, 8, 14) + random_word(random, 8, 14))[:random.randint(15, 26)].ljust(15, "s")
    letter, other = random.choice(ALPHABET), random.choice(ALPHABET)
    return random.choice((
        f"How many {letter} in {long_word}?", f"How many {letter}'s are in {long_word}?", f"Reverse {long_word}.",
        f"{long_word} backwards", f"How many {letter} in {one} {two}?", f"How many {letter}'s are in {one} and {two}?",
        f"Reverse {one} {two}.", f"Reverse the sentence: {one} {two} {random_word(random, 3, 8)}",
        f"How many {letter}{other} in {one}?", f"How many letters are in {one}?", f"How many vowels are in {one}?",
        f"How many {one} in {two}?", f"How many {letter} and {other} in {one}?", f"{one}", f"{one} {two}", f"{one}?",
        f"Spell {one}.", f"What does {one} mean?", f"Rhyme with {one}.", f"Is {one} a word?", f"Synonym of {one}?",
        f"What is the plural of {one}?", f"Which is longer, {one} or {two}?", f"Is {one} a palindrome?", f"{letter}",
        f"How do you spell {one}?", f"Which letter is in {one}?", f"What is the first letter of {one}?",
    ))


def count_too_far(random: Random) -> str:
    n = random.randint(101, 10 ** random.choice((3, 3, 4, 6)))
    return random.choice(("Count to {n}.", "Count up to {n}.", "Count from 1 to {n}.", "Can you count to {n}?")).format(n=n)


def gibberish(random: Random) -> str:
    length = random.choice((3, 8, 20, 60))
    return "".join(random.choice(SYMBOLS) for _ in range(random.randint(2, length))).strip() or "#"


def pasted_text(random: Random, held_out: bool, longest: int) -> str:
    """Prose-like nonsense, a few words to a page."""
    target, text = random.randint(10, longest) if random.random() < 0.5 else random.randint(10, 80), ""
    while len(text) < target:
        words = [dictionary_word(random, held_out) for _ in range(random.randint(2, 9))]
        text += " ".join(words).capitalize() + random.choice((". ", ". ", "? ", ", ", ": ", "\n"))
    return text[:longest].strip()


def make_refusal(random: Random, held_out: bool, longest: int = 160) -> Turn:
    """A question that must be declined; `longest` bounds pasted text, in characters."""
    question = random.choices(
        (lambda: from_template(random, held_out), lambda: large_numbers(random), lambda: large_product(random),
         lambda: other_arithmetic(random), lambda: other_spelling(random), lambda: count_too_far(random),
         lambda: gibberish(random), lambda: pasted_text(random, held_out, longest)),
        weights=(34, 11, 9, 14, 14, 4, 4, 10))[0]
    while True:
        text = roughen(random, question())
        if text.strip() and is_held_out(f"refuse {text}") == held_out:
            return Turn("too-small", text, THOUGHT, ANSWER)
