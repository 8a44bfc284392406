"""Facts: capitals, languages, continents, animal sounds, colours, opposites, plurals, landmarks, and small trivia.

Reserved: one (sentence, item) pair in 9, of the sentences marked so in fact_lines.py: the fact itself is always told,
but never in that sentence.
"""

from random import Random

from .fact_lines import (
    CAPITAL_LINES,
    COLOR_LINES,
    CONTINENT_LINES,
    LANGUAGE_LINES,
    OPPOSITE_LINES,
    PLURAL_LINES,
    SOUND_LINES,
)
from .fact_lists import COLORS, COUNTRIES, LANDMARKS, OPPOSITES, PLURALS, SOUNDS
from .openings import unlike_a_story
from .reserved import one_in
from .trivia import trivia_line
from .words import FEMALE_NAMES, NAMES, capitalise

ONE_WAY = [
    ("young", "old"),
    ("tall", "short"),
    ("heavy", "light"),
    ("wrong", "right"),
]  # the second has other opposites


def fact_line(rng: Random, lines: list, item: str, words: dict) -> str:
    """One of the lines about an item, with `words` and two names put in; never a reserved one."""
    while True:
        line, may_be_reserved = rng.choice(lines)
        if may_be_reserved and one_in(9, "fact", line, item):
            continue
        n, m = rng.sample(FEMALE_NAMES, 2)
        return capitalise(line.format(n=n, m=m, **words))


def country_words(country: list) -> dict:
    return dict(zip("CKLT", country, strict=True))


def about_a_country(rng: Random) -> list:
    """One to four lines about one country, its capital always among them."""
    country = rng.choice(COUNTRIES)
    words = country_words(country)
    lines = [fact_line(rng, CAPITAL_LINES, country[0], words)]
    if rng.random() < 0.7:
        lines.append(fact_line(rng, LANGUAGE_LINES, country[0], words))
    if words["T"] and rng.random() < 0.6:
        lines.append(fact_line(rng, CONTINENT_LINES, country[0], words))
    if rng.random() < 0.3:
        lines.append(fact_line(rng, CAPITAL_LINES, country[0], words))
    rng.shuffle(lines)
    return lines


def countries(rng: Random) -> list:
    lines = []
    for _ in range(rng.randint(2, 5)):
        lines += about_a_country(rng)
    return lines


def one_question(rng: Random) -> list:
    """The same question about several countries."""
    about = rng.choice([CAPITAL_LINES, CAPITAL_LINES, LANGUAGE_LINES, CONTINENT_LINES])
    return [
        fact_line(rng, about, country[0], country_words(country))
        for country in rng.sample(COUNTRIES, rng.randint(4, 9))
        if about is not CONTINENT_LINES or country[3]
    ]


def sounds(rng: Random) -> list:
    return [
        fact_line(rng, SOUND_LINES, a, {"a": a, "s": s, "S": capitalise(s), "v": v})
        for a, s, v in rng.sample(SOUNDS, rng.randint(3, 8))
    ]


def colors(rng: Random) -> list:
    return [
        fact_line(rng, COLOR_LINES, x, {"x": x, "X": capitalise(x), "c": c})
        for x, c in rng.sample(COLORS, rng.randint(3, 8))
    ]


def opposites(rng: Random) -> list:
    lines = []
    for pair in rng.sample(OPPOSITES, rng.randint(3, 9)):
        turned = rng.random() < 0.3 and pair not in ONE_WAY
        a, b = reversed(pair) if turned else pair
        lines.append(fact_line(rng, OPPOSITE_LINES, a, {"a": a, "A": capitalise(a), "b": b}))
    return lines


def plurals(rng: Random) -> list:
    return [fact_line(rng, PLURAL_LINES, s, {"s": s, "p": p}) for s, p in rng.sample(PLURALS, rng.randint(3, 9))]


def landmarks(rng: Random) -> list:
    lines = []
    for a, c in rng.sample(LANDMARKS, rng.randint(3, 6)):
        line = rng.choice(
            [
                "{a} is in {c}.",
                "You can see {a} in {c}.",
                "Where is {a}? It is in {c}.",
                "{n} went to {c} to see {a}.",
            ]
        )
        lines.append(line.format(a=a, c=c, n=rng.choice(NAMES)).replace(" The ", " the "))
    return lines


def trivia(rng: Random) -> list:
    return [trivia_line(rng) for _ in range(rng.randint(4, 9))]


KINDS_OF_TEXT = [  # up to which random number each is taken
    (0.25, countries),
    (0.40, one_question),
    (0.47, sounds),
    (0.58, colors),
    (0.80, opposites),
    (0.92, plurals),
    (0.96, landmarks),
    (1.00, trivia),
]


def document(rng: Random) -> str:
    """One training document."""
    k = rng.random()
    make = next(make for limit, make in KINDS_OF_TEXT if k < limit)
    lines = unlike_a_story(lambda: make(rng))
    if rng.random() < 0.5:
        lines = [lines[0], *rng.sample(lines[1:], len(lines) - 1)]
    return ("\n" if rng.random() < 0.6 else " ").join(lines)
