"""Pronouns: he, she, it and they follow the noun they stand for.

Reserved: one (sentence, name) pair in 11.
"""

from random import Random

from .openings import unlike_a_story
from .reserved import one_in
from .words import ADJECTIVES, FEMALE_NAMES, MALE_NAMES, OBJECTS, PLACES, capitalise

TEMPLATES = [
    "{N} went to the {p} because {s} wanted to see {x}.",
    "{N} lost {h} hat, so {s} looked for it everywhere.",
    "When {N} got home, {s} sat down to eat.",
    "{N} said that {s} was tired.",
    "{N} took {o} and put it in {h} bag.",
    "In the mirror {N} saw {r}.",
    "The teacher liked {N} and often helped {m}.",
    "I know {N}. I saw {m} at the {p}.",
    "{N} was hungry. {S} ate some bread.",
    "{N} made dinner by {r}.",
    "Is that {N}? Yes, it is {m}.",
    "{N} loves {h} mother very much.",
    "They asked {N} to sing, and {s} sang.",
    "{N} is my friend. {S} lives near the {p}.",
    "We gave {o} to {N} because {s} had been kind.",
    "{N} forgot {h} keys at the {p}.",
    "After {N} fell, the doctor came to help {m}.",
    "{N} thinks {s} can win the race.",
    "{N} and {h} dog walked to the {p}.",
    "Everyone likes {N} because {s} is {adj}.",
    "{N} opened the door, and inside {s} found {o}.",
    "{N} swam to the other side, and there {s} rested.",
    "{N} ran down the road, and at the end {s} stopped.",
    "{N} slept all day, and in the evening {s} went to the {p}.",
    "{N} walked for an hour, and near the {p} {s} sat down.",
]
PRONOUNS = {
    "f": {"s": "she", "S": "She", "h": "her", "m": "her", "r": "herself"},
    "m": {"s": "he", "S": "He", "h": "his", "m": "him", "r": "himself"},
}
ROLES = [
    ("the king", "m"),
    ("the queen", "f"),
    ("my mother", "f"),
    ("my father", "m"),
    ("the prince", "m"),
    ("the princess", "f"),
    ("her brother", "m"),
    ("his sister", "f"),
    ("my uncle", "m"),
    ("my aunt", "f"),
    ("the old woman", "f"),
    ("the old man", "m"),
    ("the boy", "m"),
    ("the girl", "f"),
    ("my grandmother", "f"),
    ("my grandfather", "m"),
    ("the witch", "f"),
    ("the wizard", "m"),
]


def is_reserved(t, n):
    """Whether training never shows this sentence with this name."""
    return one_in(11, "pr", t, n)


def line(rng: Random) -> str:
    """One sentence, sometimes two, with a pronoun that fits its noun."""
    while True:
        t = rng.choice(TEMPLATES)
        if rng.random() < 0.8:
            g = rng.choice("fm")
            n = rng.choice(FEMALE_NAMES if g == "f" else MALE_NAMES)
        else:
            n, g = rng.choice(ROLES)
        if not is_reserved(t, n):
            break
    s = t.format(
        N=n,
        p=rng.choice(PLACES),
        x=rng.choice(["a friend", "the river", "the birds", "a show", "the snow", "some animals"]),
        o=rng.choice(OBJECTS),
        adj=rng.choice(ADJECTIVES),
        **PRONOUNS[g],
    )
    if rng.random() < 0.3:
        s += " " + rng.choice(
            [
                "{S} was very happy.",
                "It was {h} favorite day.",
                "{S} smiled.",
                "Nobody saw {m}.",
                "{S} did it all by {r}.",
                "Then {s} went home.",
                "{S} told {h} friends about it.",
            ]
        ).format(**PRONOUNS[g])
    return capitalise(s)


THEY = [
    "The {a}s were tired, so they slept.",
    "The {a}s ran home because they were hungry.",
    "The {a} was small, but it was strong.",
    "I saw the {a}s, and they saw me.",
    "The {a} ate its food and then it slept.",
    "We fed the {a}s, and they were happy.",
    "The {p} was old, but it was beautiful.",
    "You and I are friends. We like to play.",
    "My friends and I went to the {p}, and we had fun.",
]


def they_line(rng: Random) -> str:
    """One sentence about things, animals, or more than one person."""
    animal = rng.choice(["dog", "cat", "horse", "duck", "bird", "frog", "rabbit", "lion"])
    return rng.choice(THEY).format(a=animal, p=rng.choice(PLACES))


def lines(rng: Random) -> list[str]:
    """Four to eleven sentences, a few of them about more than one."""
    return [line(rng) if rng.random() < 0.88 else they_line(rng) for _ in range(rng.randint(4, 11))]


def document(rng: Random) -> str:
    """One training document."""
    return "\n".join(unlike_a_story(lambda: lines(rng)))
