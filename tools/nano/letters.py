"""Letter counting and reversing, by spelling the word with numbered letters."""
from random import Random

from turn import Turn, draw, roughen
from words import ALPHABET, random_word

COUNT_PHRASES = (
    "How many {c} in {w}?", "How many {c}'s are in {w}?", "How many {c}'s are in {w}?", "How many {c}s are in {w}?",
    "How many {c}'s in {w}?", "How many {c}'s are there in {w}?", "How many {c} are in {w}?",
    "How many {c} are there in {w}?", "How many {c}'s are in the word {w}?", "How many letters {c} are in {w}?",
    "How many letter {c} in {w}?", "How many times does {c} occur in {w}?", "How often does {c} appear in {w}?",
    "How many times does the letter {c} appear in {w}?", "How many times does the letter {c} occur in the word {w}?",
    "Count the {c}'s in {w}.", "Count the letter {c} in {w}.", "Count {c} in {w}.", "How many '{c}' in '{w}'?",
    'How many "{c}" are in "{w}"?', 'How many {c}\'s are in the word "{w}"?', "{w}: how many {c}?",
    "In {w}, how many {c} are there?", "How many {c}’s are in “{w}”?",
)
REVERSE_PHRASES = (
    "Reverse {w}", "Reverse {w}.", "Reverse the word {w}.", "Reverse \"{w}\"", "Reverse '{w}'.", "Spell {w} backwards.",
    "{w} backwards", "{w} backward", "What is {w} backwards?", "What is {w} spelled backwards?", "Write {w} backwards.",
    "Write {w} in reverse.", "{w} in reverse", "{w} reversed", "How do you spell {w} backwards?", "Can you reverse {w}?",
    "Turn {w} around.", "What is the reverse of {w}?", "Reverse this word: {w}", "Say {w} backwards.", "reverse: {w}",
)


def capitalised(random: Random, word: str) -> str:
    """Sometimes the word as it stands at the start of a sentence, or shouted."""
    habit = random.random()
    return word.capitalize() if habit < 0.15 else word.upper() if habit < 0.2 else word


def count_thought(letter: str, word: str) -> str:
    lines, found = [f"{letter} in {word}:"], 0
    for position, current in enumerate(word, start=1):
        if current == letter:
            found += 1
            lines.append(f"{position} {current}: {found}")
        else:
            lines.append(f"{position} {current}")
    return "\n".join(lines + [f"total: {found}"])


def reverse_thought(word: str) -> str:
    forwards = [f"{position} {letter}" for position, letter in enumerate(word, start=1)]
    return "\n".join([f"{word}:", *forwards, "backwards:", *reversed(forwards)])


def make_letter_count(random: Random, held_out: bool) -> Turn:
    word = draw(random, held_out, lambda: random_word(random), str)
    letter = random.choice(word if random.random() < 0.75 else ALPHABET)
    shown = letter.upper() if random.random() < 0.1 else letter
    question = random.choice(COUNT_PHRASES).format(c=shown, w=capitalised(random, word))
    found = word.count(letter)
    answer = f"The letter {letter} occurs **{found}** time{'' if found == 1 else 's'} in {word}."
    return Turn("letter-count", roughen(random, question), count_thought(letter, word), answer)


def make_reversal(random: Random, held_out: bool) -> Turn:
    word = draw(random, held_out, lambda: random_word(random), str)
    question = random.choice(REVERSE_PHRASES).format(w=capitalised(random, word))
    return Turn("reversal", roughen(random, question), reverse_thought(word), f"{word} backwards is **{word[::-1]}**.")
