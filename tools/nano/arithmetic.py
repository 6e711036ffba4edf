"""Sums, differences and products, worked out digit by digit as on paper."""
from random import Random

from turn import Turn, draw, roughen

MAX_DIGITS = 4  # of each number in a sum or difference
MAX_FACTOR = 99

SUM_PHRASES = (
    "What is {a} + {b}?", "What is {a} + {b}?", "{a}+{b}", "{a} + {b}", "{a} + {b} = ?", "{a}+{b}=", "{a} plus {b}",
    "What is {a} plus {b}?", "What's {a} + {b}?", "What's {a}+{b}?", "Add {a} and {b}.", "Add {a} to {b}.",
    "How much is {a} + {b}?", "Calculate {a} + {b}.", "Compute {a}+{b}.", "What is the sum of {a} and {b}?",
    "Sum of {a} and {b}?", "Can you add {a} and {b}?", "Work out {a} + {b}.", "Please add {a} and {b}.",
)
DIFFERENCE_PHRASES = (
    "What is {a} - {b}?", "What is {a} - {b}?", "{a}-{b}", "{a} - {b}", "{a} - {b} = ?", "{a}-{b}=", "{a} minus {b}",
    "What is {a} minus {b}?", "What's {a} - {b}?", "Subtract {b} from {a}.", "Take {b} from {a}.",
    "Take {b} away from {a}.", "How much is {a} - {b}?", "Calculate {a} - {b}.", "Compute {a}-{b}.",
    "Work out {a} minus {b}.", "{a} − {b}", "{a} take away {b}", "Can you subtract {b} from {a}?",
)
PRODUCT_PHRASES = (
    "What is {a} * {b}?", "What is {a} x {b}?", "What is {a} × {b}?", "{a}*{b}", "{a} * {b}", "{a} x {b}", "{a}x{b}",
    "{a} × {b}", "{a} times {b}", "What is {a} times {b}?", "What's {a} * {b}?", "Multiply {a} by {b}.",
    "Multiply {a} and {b}.", "How much is {a} times {b}?", "Calculate {a} * {b}.", "Compute {a} × {b}.",
    "What is the product of {a} and {b}?", "{a} multiplied by {b}", "{a} * {b} = ?", "Work out {a} times {b}.",
)


def random_number(random: Random, max_digits: int = MAX_DIGITS) -> int:
    """A number whose count of digits is drawn first, so short and long ones are equally common."""
    digits = random.randint(1, max_digits)
    return random.randint(0 if digits == 1 else 10 ** (digits - 1), 10**digits - 1)


def drop_zeros(digits: str) -> list[str]:
    """The closing line for a result with leading zeros, or nothing."""
    plain = str(int(digits))
    return [] if plain == digits else [f"drop zeros: {plain}"]


def add_columns(first: str, second: str) -> tuple[list[str], str]:
    """Lines that add two equally long digit strings from the right, and the digits of the sum."""
    lines, result, carry = [f"{first} + {second}, from the right:"], "", 0
    for x, y in zip(reversed(first), reversed(second)):
        total = int(x) + int(y) + carry
        work = f"{x}+{y}" + ("+1" if carry else "") + f"={total}"
        carry = total // 10
        result = f"{total % 10}{result}"
        lines.append(work + (", carry 1" if carry else "") + f": {result}")
    if carry:
        result = f"1{result}"
        lines.append(f"carried 1: {result}")
    return lines, result


def compare_digits(first: str, second: str) -> str:
    """One line that walks two equally long numbers from the left to the first digit that differs.

    The sign follows its two digits, so that the model has written what it decides on.
    """
    steps = []
    for x, y in zip(first, second):
        if x == ".":
            continue
        steps.append(f"{x},{y}{'=' if x == y else '<' if x < y else '>'}")
        if x != y:
            break
    return f"{first} and {second}: {' '.join(steps)}"


def subtract_columns(larger: str, smaller: str) -> tuple[list[str], str]:
    """Lines that subtract two equally long digit strings from the right, and the digits left."""
    lines, result, borrow = [f"{larger} - {smaller}, from the right:"], "", 0
    for x, y in zip(reversed(larger), reversed(smaller)):
        short = int(x) - int(y) - borrow < 0
        digit = int(x) + 10 * short - int(y) - borrow
        result = f"{digit}{result}"
        work = f"{'1' if short else ''}{x}-{y}" + ("-1" if borrow else "") + f"={digit}"
        lines.append(work + (", borrow 1" if short else "") + f": {result}")
        borrow = int(short)
    return lines + drop_zeros(result), str(int(result))


def multiply_row(number: str, digit: str) -> tuple[list[str], str]:
    """Lines that multiply a number by one digit, and the digits of the product."""
    lines, result, carry = [f"{number} * {digit}, from the right:"], "", 0
    for position, x in enumerate(reversed(number), start=1):
        total = int(x) * int(digit) + carry
        work = f"{x}*{digit}" + (f"+{carry}" if carry else "") + f"={total}"
        is_last = position == len(number)
        carry = 0 if is_last else total // 10
        result = f"{total if is_last else total % 10}{result}"
        lines.append(work + (f", carry {carry}" if carry else "") + f": {result}")
    return lines, result


def sum_thought(a: int, b: int) -> str:
    width = len(str(max(a, b)))
    lines, _ = add_columns(f"{a:0{width}}", f"{b:0{width}}")
    return "\n".join(lines)


def difference_thought(a: int, b: int) -> str:
    width = len(str(max(a, b)))
    first, second = f"{a:0{width}}", f"{b:0{width}}"
    lines = [compare_digits(first, second)]
    subtraction, result = subtract_columns(max(first, second), min(first, second))
    lines += subtraction
    if a < b:
        lines.append(f"turned round: -{result}")
    return "\n".join(lines)


def product_thought(a: int, b: int) -> str:
    lines, result = multiply_row(str(a), str(b)[-1])
    if b > 9:
        tens_lines, tens = multiply_row(str(a), str(b)[0])
        lines += tens_lines
        tens += "0"
        width = max(len(result), len(tens))
        sum_lines, result = add_columns(result.zfill(width), tens.zfill(width))
        lines += sum_lines
    return "\n".join(lines + drop_zeros(result))


def make_sum(random: Random, held_out: bool) -> Turn:
    a, b = draw(random, held_out, lambda: (random_number(random), random_number(random)), lambda n: f"{n[0]}+{n[1]}")
    question = roughen(random, random.choice(SUM_PHRASES).format(a=a, b=b))
    return Turn("sum", question, sum_thought(a, b), f"{a} + {b} = **{a + b}**")


def make_difference(random: Random, held_out: bool) -> Turn:
    a, b = draw(random, held_out, lambda: (random_number(random), random_number(random)), lambda n: f"{n[0]}-{n[1]}")
    question = roughen(random, random.choice(DIFFERENCE_PHRASES).format(a=a, b=b))
    return Turn("difference", question, difference_thought(a, b), f"{a} - {b} = **{a - b}**")


def make_product(random: Random, held_out: bool) -> Turn:
    def sample():
        return tuple(random.randint(2, 9) if random.random() < 0.25 else random.randint(0, MAX_FACTOR) for _ in "ab")

    a, b = draw(random, held_out, sample, lambda n: f"{n[0]}*{n[1]}")
    question = roughen(random, random.choice(PRODUCT_PHRASES).format(a=a, b=b))
    return Turn("product", question, product_thought(a, b), rf"\({a} \times {b} = \boxed{{{a * b}}}\)")
