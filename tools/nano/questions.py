"""All question families in one place, with the share each has in training."""
from random import Random

from arithmetic import make_difference, make_product, make_sum
from comparison import make_comparison
from counting import make_count, make_range
from letters import make_letter_count, make_reversal
from refusals import make_refusal
from smalltalk import make_small_talk
from turn import Turn

FAMILIES = {
    "sum": make_sum,
    "difference": make_difference,
    "product": make_product,
    "comparison": make_comparison,
    "letter-count": make_letter_count,
    "reversal": make_reversal,
    "count": make_count,
    "count-range": make_range,
    "small-talk": make_small_talk,
    "too-small": make_refusal,
}
TRAINING_SHARES = {
    "sum": 6, "difference": 8, "product": 9, "comparison": 20, "letter-count": 9, "reversal": 7,
    "count": 6, "count-range": 11, "small-talk": 12, "too-small": 12,
}


def make_training_turn(random: Random, longest_count: int, longest_paste: int) -> Turn:
    """One turn of the training split, its longest replies and questions bounded to fit a row."""
    family = random.choices(list(TRAINING_SHARES), weights=list(TRAINING_SHARES.values()))[0]
    if family == "count":
        return make_count(random, False, longest_count)
    if family == "too-small":
        return make_refusal(random, False, longest_paste)
    return FAMILIES[family](random, False)


def held_out_turns(family: str, count: int, seed: int) -> list[Turn]:
    """Distinct turns of the evaluation split; fewer where a family has no more."""
    random, turns = Random(f"{family} {seed}"), {}
    for _ in range(20 * count):
        turn = FAMILIES[family](random, True)
        turns.setdefault(turn.question, turn)
        if len(turns) == count:
            break
    return list(turns.values())
