"""Sums and differences from 0 to 20, in digits, in words and in small stories.

Reserved: one (form, sum) pair in 11; and one sum in 13 is never shown in any form.
"""

from random import Random

from .openings import unlike_a_story
from .reserved import one_in
from .successor import number_word
from .words import FEMALE_NAMES, NAMES, capitalise

ITEMS = [
    "apples",
    "books",
    "pens",
    "cakes",
    "coins",
    "eggs",
    "stones",
    "toys",
    "birds",
    "shells",
    "cookies",
    "flowers",
    "cards",
    "nuts",
    "stars",
    "marbles",
    "balloons",
    "buttons",
]


def never_shown(op, a, b):
    """Whether a sum is in no training document in any form (one in 13)."""
    if min(a, b) <= 1:  # 0 and 1 are always shown
        return False
    return one_in(13, "un", op, min(a, b), max(a, b)) if op == "+" else one_in(13, "un", op, a, b)


FORMATS = [
    "{a} {o} {b} = {c}",
    "{A} {O} {B} is {C}.",
    "{a} {O} {b} is {c}.",
    "{a} {O} {b} equals {c}.",
    "What is {a} {O} {b}? It is {c}.",
    "Q: {a} {o} {b} = ?\nA: {c}",
    "{A} {O} {B} makes {C}.",
    "{a}{o}{b}={c}",
    "If you know that {a} {o} {b} = {c}, you can go on.",
    '"{A} {O} {B} is {C}," said {n}.',
]
CONTAINED = {FORMATS[5]: FORMATS[0], FORMATS[8]: FORMATS[0], FORMATS[9]: FORMATS[1]}


def is_reserved(f, op, a, b):
    """Whether a sum never appears in this form."""
    return one_in(11, "ar", CONTAINED.get(f, f), op, a, b)


def draw_sum(rng: Random) -> str:
    """Operator, two numbers and the result, all from 0 to 20."""
    while True:
        op = rng.choice("++-")
        if op == "+":
            a = rng.randint(0, 20)
            b = rng.randint(0, 20 - a)
        else:
            a = rng.randint(0, 20)
            b = rng.randint(0, a)
        if not never_shown(op, a, b):
            return op, a, b, (a + b if op == "+" else a - b)


def fill(f, op, a, b, c, n="Tom"):
    """A sum in one of the forms."""
    return f.format(
        a=a,
        b=b,
        c=c,
        A=capitalise(number_word(a)),
        B=number_word(b),
        C=number_word(c),
        o=op,
        O="plus" if op == "+" else "minus",
        n=n,
    )


def counted(n, it):
    """A number and its items: "1 apple", "two apples"."""
    return f"{n} {it[:-1] if str(n) in ('1', 'one') else it}"


def line(rng: Random) -> str:
    """One sum, one small story with a sum, one comparison or one double."""
    z = rng.random()
    while True:
        op, a, b, c = draw_sum(rng)
        f = rng.choice(FORMATS)
        if z >= 0.62 and (min(a, b) < 1 or c < 1 or is_reserved("story", op, a, b)):
            continue
        if not is_reserved(f, op, a, b):
            break
    n = rng.choice(NAMES)
    if z < 0.62:
        return fill(f, op, a, b, c, n)
    if z < 0.90:
        it = rng.choice(ITEMS)
        w = (lambda x: x) if rng.random() < 0.5 else number_word
        pr = "she" if n in FEMALE_NAMES else "he"
        m = rng.choice([x for x in NAMES if x != n])
        if op == "+":
            return rng.choice(
                [
                    f"{n} has {counted(w(a), it)}. {m} gives {n} {w(b)} more. Now {n} has {counted(w(c), it)}.",
                    f"There {'is' if a == 1 else 'are'} {counted(w(a), it)} in the box and {w(b)} on the table. In all there are {counted(w(c), it)}.",
                    f"{n} found {counted(w(a), it)} and then found {w(b)} more, so {pr} had {counted(w(c), it)}.",
                ]
            )
        return rng.choice(
            [
                f"{n} has {counted(w(a), it)}. {n} gives {w(b)} to {m}. Now {n} has {counted(w(c), it)}.",
                f"There were {counted(w(a), it)} in the box. {n} took {w(b)} away. Then there {'was' if c == 1 else 'were'} {counted(w(c), it)} left.",
                f"{n} had {counted(w(a), it)} but lost {w(b)}, so {pr} had {counted(w(c), it)} left.",
            ]
        )
    if z < 0.95:
        x, y = rng.sample(range(21), 2)
        return rng.choice(
            [
                f"{max(x, y)} is more than {min(x, y)}.",
                f"{min(x, y)} is less than {max(x, y)}.",
                f"{capitalise(number_word(max(x, y)))} is bigger than {number_word(min(x, y))}.",
            ]
        )
    k = rng.randint(0, 10)
    return (
        rng.choice(
            [
                f"{k} + {k} = {2 * k}",
                f"Double {number_word(k)} is {number_word(2 * k)}.",
                f"Half of {number_word(2 * k)} is {number_word(k)}.",
            ]
        )
        if not never_shown("+", k, k)
        else f"Zero plus {number_word(k)} is {number_word(k)}."
    )


def document(rng: Random) -> str:
    """One training document."""
    return "\n".join(unlike_a_story(lambda: [line(rng) for _ in range(rng.randint(5, 14))]))
