"""Words to spell: Debian's American word list (package wamerican) and made-up ones."""
from functools import lru_cache
from random import Random

DICTIONARY = "/usr/share/dict/american-english"
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
VOWELS = "aeiou"
MIN_LETTERS, MAX_LETTERS = 3, 14


@lru_cache
def dictionary_words() -> list[str]:
    """Every plain lower-case word of the list, in its order."""
    with open(DICTIONARY, encoding="utf-8") as file:
        lines = file.read().split()
    return [word for word in lines if word.isascii() and word.isalpha() and word.islower()]


@lru_cache
def words_by_length() -> dict[int, list[str]]:
    """Dictionary words keyed by their number of letters."""
    table: dict[int, list[str]] = {}
    for word in dictionary_words():
        table.setdefault(len(word), []).append(word)
    return table


def syllables(random: Random, letters: int) -> str:
    """A made-up word; it often repeats a syllable or a letter, as banana and strawberry do."""
    word = ""
    while len(word) < letters:
        if len(word) >= 2 and random.random() < 0.35:
            word += word[-2:] if random.random() < 0.6 else word[-1]
        else:
            word += random.choice(ALPHABET) + random.choice(VOWELS)
    return word[:letters]


def random_word(random: Random, shortest: int = MIN_LETTERS, longest: int = MAX_LETTERS) -> str:
    """A word of uniformly drawn length: half from the dictionary, half made up."""
    letters = random.randint(shortest, longest)
    kind = random.random()
    if kind < 0.5:
        return random.choice(words_by_length()[letters])
    if kind < 0.8:
        return syllables(random, letters)
    return "".join(random.choice(ALPHABET) for _ in range(letters))
