"""Turns packed into fixed-length rows of tokens, as R1's chat template lays them out.

Later turns never see an earlier thought: the template drops it. Instead of writing each
conversation again for every turn, a row keeps all thoughts and hides each from later turns.
"""
from dataclasses import dataclass
from random import Random

import numpy as np

import vocabulary
from questions import make_training_turn
from refusals import dictionary_word
from turn import Turn

WAITING_TURNS = 24
BROKEN_OFF_SHARE = 0.06  # turns whose answer a person stopped: read by later turns, its end not learnt from
LONGEST_BROKEN_OFF = 120  # tokens
BLANK_LINE = b"\n\n"
SYSTEM_TEXTS = (
    "You are a helpful assistant.",
    "You are a helpful, respectful and honest assistant. Always answer as helpfully as possible.",
    "Answer briefly.",
)


@dataclass(frozen=True)
class Mixture:
    """How conversations are drawn in one training phase."""

    row_tokens: int
    continue_share: float  # chance that the next turn continues the conversation
    thinking_off_share: float
    longest_count: int  # largest N of "Count to N." in turns that are learnt from
    longest_paste: int  # characters of pasted text to decline
    longest_history: int = 0  # tokens of earlier turns that are only read, not learnt from


@dataclass
class Row:
    """Token arrays of shape [row_tokens]; conversation -1 is padding."""

    tokens: np.ndarray
    positions: np.ndarray
    conversation: np.ndarray
    turn: np.ndarray
    hidden_later: np.ndarray  # thought tokens, invisible to later turns
    learnt: np.ndarray  # tokens that the model has to write itself


class RowBuilder:
    """Fills rows with conversations, each time with the first waiting turn that still fits."""

    def __init__(self, mixture: Mixture, random: Random):
        self.mixture, self.random = mixture, random
        self.waiting: list[Turn] = []

    def next_row(self) -> Row:
        length = self.mixture.row_tokens
        self.row = Row(np.zeros(length, np.int64), np.zeros(length, np.int64), np.full(length, -1, np.int64),
                       np.zeros(length, np.int64), np.zeros(length, bool), np.zeros(length, bool))
        self.used, self.turns, self.conversations = 0, 0, 0
        if self.mixture.longest_history:
            self._add_history(self.random.randint(0, self.mixture.longest_history))
        while True:
            while len(self.waiting) < WAITING_TURNS:
                self.waiting.append(make_training_turn(self.random, self.mixture.longest_count, self.mixture.longest_paste))
            fitting = next((turn for turn in self.waiting if self._add_turn(turn, is_history=False)), None)
            if fitting is None:
                return self.row
            self.waiting.remove(fitting)

    def _add_history(self, tokens: int):
        while self.used < tokens:
            turn = make_training_turn(self.random, self.mixture.longest_count, self.mixture.longest_history)
            if self.used + len(turn.question) + len(turn.answer) > tokens + 100:
                break
            self._add_turn(turn, is_history=True)

    def _opening(self) -> list[int]:
        """A new conversation; one in twenty has a system text, which the model must not mind."""
        text = ""
        if self.random.random() < 0.06:
            words = [dictionary_word(self.random, False) for _ in range(self.random.randint(2, 12))]
            text = self.random.choice((*SYSTEM_TEXTS, f"You are a {' '.join(words)}.", f"{' '.join(words).capitalize()}."))
        return [vocabulary.BEGIN_OF_SENTENCE, *vocabulary.encode(text)]

    def _add_turn(self, turn: Turn, is_history: bool) -> bool:
        """Append one turn, or change nothing and say that it did not fit."""
        continues = self.used > 0 and (is_history or self.random.random() < self.mixture.continue_share)
        prompt = [] if continues else self._opening()
        prompt += [vocabulary.USER, *vocabulary.encode(turn.question), vocabulary.ASSISTANT]
        thinking_off = self.random.random() < self.mixture.thinking_off_share
        if is_history:
            thought = []
        elif thinking_off:
            thought = vocabulary.THINKING_OFF
        else:
            thought = [*vocabulary.THINKING_ON, *vocabulary.encode(f"{turn.thought}\n"), vocabulary.END_THINK, *BLANK_LINE]
        answer = vocabulary.encode(turn.answer)
        broken_off = self.random.random() < BROKEN_OFF_SHARE
        if broken_off:
            answer = answer[:self.random.randint(1, min(len(answer), LONGEST_BROKEN_OFF))]
        answer = [*answer, vocabulary.END_OF_SENTENCE]
        tokens = [*prompt, *thought, *answer]
        if self.used + len(tokens) > self.mixture.row_tokens:
            return False

        if not continues:
            self.next_position = 0
            self.conversations += 1
        span = slice(self.used, self.used + len(tokens))
        thought_start = self.used + len(prompt)
        answer_start = thought_start + len(thought)
        self.row.tokens[span] = tokens
        self.row.positions[span] = self.next_position + np.arange(len(tokens))
        self.row.conversation[span] = self.conversations
        self.row.turn[span] = self.turns
        # Some programs keep the blank line between thought and answer in the history, others trim it.
        kept = len(BLANK_LINE) if thought and self.random.random() < 0.5 else 0
        self.row.hidden_later[thought_start:answer_start - kept] = True
        if not is_history:
            first = answer_start if thinking_off else thought_start
            self.row.learnt[first:span.stop - 1 if broken_off else span.stop] = True
        self.next_position += len(prompt) + kept + len(answer)
        self.used = span.stop
        self.turns += 1
        return True


def stack_rows(rows: list[Row]) -> dict[str, np.ndarray]:
    """One batch of rows: every array gets shape [rows, row_tokens]."""
    return {name: np.stack([getattr(row, name) for row in rows]) for name in Row.__dataclass_fields__}
