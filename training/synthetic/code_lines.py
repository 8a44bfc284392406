"""Lines that look like code, so that brackets nest."""

from random import Random

CLOSING = {"(": ")", "[": "]", "{": "}"}


def dyck(rng, n):
    """n pairs of brackets, well nested."""
    if n <= 0:
        return ""
    k = rng.randint(0, n - 1)
    b = rng.choice("([{")
    return b + dyck(rng, k) + CLOSING[b] + dyck(rng, n - 1 - k)


VARIABLES = "a b c x y z n i total name count sum box list item size left right value".split()


def expression(rng, d=2):
    """An expression of at most d levels."""
    z = rng.random()
    if d == 0 or z < 0.35:
        return rng.choice([rng.choice(VARIABLES), str(rng.randint(0, 20))])
    if z < 0.6:
        return f"{rng.choice(['f', 'g', 'h', 'add', 'max', 'min', 'print', 'len', 'first'])}({', '.join(expression(rng, d - 1) for _ in range(rng.randint(1, 3)))})"
    if z < 0.75:
        return f"[{', '.join(expression(rng, d - 1) for _ in range(rng.randint(1, 4)))}]"
    if z < 0.9:
        return f"({expression(rng, d - 1)} {rng.choice('+-*')} {expression(rng, d - 1)})"
    return f"{rng.choice(VARIABLES)}[{expression(rng, d - 1)}]"


def code(rng: Random) -> str:
    """One statement."""
    z = rng.random()
    v = rng.choice(VARIABLES)
    if z < 0.35:
        return f"{v} = {expression(rng, 3)}"
    if z < 0.55:
        return f"print({expression(rng, 2)})"
    if z < 0.7:
        return f"let {v} = {{{', '.join(f'{k}: {expression(rng, 1)}' for k in rng.sample(VARIABLES, rng.randint(1, 3)))}}};"
    if z < 0.85:
        return f"if ({v} {rng.choice('<>')} {rng.randint(0, 20)}) {{ {rng.choice(VARIABLES)} = {expression(rng, 1)}; }}"
    a, b = rng.sample(VARIABLES, 2)
    return f"def {rng.choice(['f', 'g', 'h', 'add', 'first'])}({a}, {b}):\n    return {a} {rng.choice('+-*')} {b}"
