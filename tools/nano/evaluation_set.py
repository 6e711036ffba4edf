"""Write held-out questions as JSON lines: {family, setting, prompt, thought, answer}.

usage: /usr/bin/python3 evaluation_set.py OUT.jsonl [--per-family 500]
"""
import argparse
import json
from random import Random

import vocabulary
from questions import FAMILIES, held_out_turns, make_training_turn
from turn import Turn

SEED = 2024
LONG_CONTEXT_TOKENS = (1200, 1750)  # earlier turns in front of the question
BROKEN_OFF_TOKENS = 60  # at most, of the stopped answer in front of the question
SETTINGS = ("thinking", "thinking-off", "long-context", "broken-off")


def broken_off_text(random: Random) -> str:
    """One earlier turn whose answer was stopped."""
    special, turn = vocabulary.SPECIAL_TEXT, make_training_turn(random, 100, 300)
    answer = turn.answer[:random.randint(1, BROKEN_OFF_TOKENS)]
    return (special[vocabulary.USER] + turn.question + special[vocabulary.ASSISTANT] + answer
            + special[vocabulary.END_OF_SENTENCE])


def history_text(random: Random, tokens: int) -> str:
    """Earlier turns of about this many tokens, without thoughts, as the chat template writes them."""
    special, text = vocabulary.SPECIAL_TEXT, ""
    while True:
        turn = make_training_turn(random, 100, 300)
        block = (special[vocabulary.USER] + turn.question + special[vocabulary.ASSISTANT] + turn.answer
                 + special[vocabulary.END_OF_SENTENCE])
        if len((text + block).encode()) > tokens + 150:
            return text
        text += block


def prompt_text(turn: Turn, setting: str, random: Random) -> str:
    """The prompt from the first token up to where the model goes on."""
    special = vocabulary.SPECIAL_TEXT
    room = random.randint(*LONG_CONTEXT_TOKENS)
    history = ""
    if setting == "long-context":
        history = history_text(random, min(room, 2030 - len((turn.question + turn.thought + turn.answer).encode()) - 200))
    if setting == "broken-off":
        history = broken_off_text(random)
    opening = vocabulary.THINKING_OFF if setting == "thinking-off" else vocabulary.THINKING_ON
    return (special[vocabulary.BEGIN_OF_SENTENCE] + history + special[vocabulary.USER] + turn.question
            + special[vocabulary.ASSISTANT] + vocabulary.decode(opening))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out")
    arguments.add_argument("--per-family", type=int, default=500)
    arguments.add_argument("--settings", nargs="+", choices=SETTINGS, default=SETTINGS)
    options = arguments.parse_args()
    with open(options.out, "w", encoding="utf-8") as file:
        for setting in options.settings:
            for family in FAMILIES:
                random = Random(f"{family} {setting}")
                for turn in held_out_turns(family, options.per_family, SEED):
                    line = {"family": family, "setting": setting, "prompt": prompt_text(turn, setting, random),
                            "thought": turn.thought, "answer": turn.answer}
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
