"""Greater-than: something lasts from one year to a later one of the same century.

Reserved: one (noun, year) pair in 12, and three whole nouns that are not here.
Source: Hanna et al. (2023), "How does GPT-2 compute greater-than?", arXiv 2305.00586 (the task; our nouns).
"""

from random import Random

from .openings import unlike_a_story
from .reserved import one_in
from .words import BUILDINGS, NAMES, YEARS

NOUNS = "war trip project journey voyage storm search contest festival strike plan study peace reign drought trial show program campaign construction tour friendship marriage lesson dream concert experiment game expedition truce race feast flood famine rebellion alliance partnership visit tradition fair parade siege quest rule harvest race meeting debate".split()
NOUNS = list(dict.fromkeys(NOUNS))
TEMPLATES = [
    "The {n} lasted from the year {a} to the year {b}.",
    "The {n} went on from the year {a} to the year {b}.",
    "The {n} continued from the year {a} to the year {b}.",
    "The {n} lasted from {a} to {b}.",
    "The {n} ran from the year {a} until the year {b}.",
    "The {n} began in {a} and ended in {b}.",
    "The {n} started in the year {a} and ended in the year {b}.",
    "The old king ruled from {a} to {b}.",
    "{m} was born in {a} and died in {b}.",
    "The book was written in {a} and printed in {b}.",
    "They built the {pl} between {a} and {b}.",
    "The {pl} was opened in {a} and closed in {b}.",
    "From {a} to {b} the {n} went on.",
    "The school moved in {a} and again in {b}.",
    "After the {n} of {a} came the {n} of {b}.",
    "It began in {a}. It did not end until {b}.",
]


def lines(rng: Random) -> list[str]:
    """Four to eleven sentences with an earlier and a later year."""
    out = []
    for _ in range(rng.randint(4, 11)):
        c = rng.choice(list(YEARS))
        ys = YEARS[c]
        while True:
            n = rng.choice(NOUNS)
            i = rng.randrange(len(ys) - 1)
            if not one_in(12, "gt", n, c, ys[i]):
                break
        j = rng.randint(i + 1, len(ys) - 1) if rng.random() < 0.7 else min(len(ys) - 1, i + rng.randint(1, 12))
        t = rng.choice(TEMPLATES[:7]) if rng.random() < 0.62 else rng.choice(TEMPLATES)
        out.append(t.format(n=n, a=f"{c}{ys[i]}", b=f"{c}{ys[j]}", pl=rng.choice(BUILDINGS[:24]), m=rng.choice(NAMES)))
    return out


def document(rng: Random) -> str:
    """One training document."""
    return ("\n" if rng.random() < 0.7 else " ").join(unlike_a_story(lambda: lines(rng)))
