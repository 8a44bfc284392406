"""Indirect object identification: two people, one gives to the other, and the other is named last.

Reserved: one pair of names in 40, and John with Mary. Also held out: four whole templates that are not here.
Source: Wang et al. (2022), "Interpretability in the Wild", arXiv 2211.00593 (the task; our templates and names).
"""

import itertools
import re
from random import Random

from .openings import unlike_a_story
from .reserved import one_in
from .words import BUILDINGS, DAYS, NAMES, OBJECTS, PLACES, WEATHER

TEMPLATES = [
    "When {X} and {Y} went to the {place}, {S} {v} {o} to {IO}.",
    "After {X} and {Y} went to the {place}, {S} {v} {o} to {IO}.",
    "While {X} and {Y} were at the {place}, {S} {v} {o} to {IO}.",
    "Then, {X} and {Y} went to the {place}, and {S} {v} {o} to {IO}.",
    "Then, {X} and {Y} had a lot of fun at the {place}. {S} {v} {o} to {IO}.",
    "{X} and {Y} were working at the {place}. {S} decided to {i} {o} to {IO}.",
    "One day, {X} and {Y} met at the {place}, and {S} {v} {o} to {IO}.",
    "Once {X} and {Y} got to the {place}, {S} wanted to {i} {o} to {IO}.",
    "As {X} and {Y} walked to the {place}, {S} {v} {o} to {IO}.",
    "{X} and {Y} sat down in the {place}. A little later {S} {v} {o} to {IO}.",
    "Yesterday {X} and {Y} played near the {place}. Before going home, {S} {v} {o} to {IO}.",
    "Because {X} and {Y} were friends, {S} {v} {o} to {IO} at the {place}.",
    "The teacher saw {X} and {Y} at the {place}. Soon {S} {v} {o} to {IO}.",
    "On {day}, {X} and {Y} visited the {place}. {S} was kind and {v} {o} to {IO}.",
    "{X} and {Y} had lunch together. After lunch, {S} {v} {o} to {IO}.",
    "It was getting dark when {X} and {Y} left the {place}, so {S} {v} {o} to {IO}.",
    "{X} met {Y} at the {place}. {S} smiled and {v} {o} to {IO}.",
    "At the {place}, {X} waved to {Y}. Then {S} {v} {o} to {IO}.",
    "{X} and {Y} live next to the {place}. Every {day} {S} likes to {i} {o} to {IO}.",
    "There were two children at the {place}, {X} and {Y}. {S} had {o} and {v} it to {IO}.",
    "When {X} and {Y} came back from the {place}, {S} was happy to {i} {o} to {IO}.",
    '"Look!" said the children. {X} and {Y} ran to the {place}, where {S} {v} {o} to {IO}.',
    "{X} had a birthday, and {Y} came too. At the party {S} {v} {o} to {IO}.",
    "My friends {X} and {Y} were at the {place} when {S} {v} {o} to {IO}.",
    "Long ago, {X} and {Y} lived near the {place}, and {S} often {v} {o} to {IO}.",
    "{X} and {Y} were looking for {o}. {S} found it first and {v} it to {IO}.",
    "Since {X} and {Y} wanted to share, {S} {v} {o} to {IO}.",
    "Both {X} and {Y} were hungry at the {place}. {S} had some food and {v} some to {IO}.",
    "The door of the {place} was open. {X} and {Y} went in, and {S} {v} {o} to {IO}.",
    "In the {place}, {X} was sitting beside {Y}. Without a word, {S} {v} {o} to {IO}.",
    "Every summer {X} and {Y} came to the {place}, and {S} {v} {o} to {IO}.",
    "The rain began, and {X} and {Y} hid in the {place}. {S} laughed and {v} {o} to {IO}.",
    "All morning {X} and {Y} waited at the {place}, until {S} {v} {o} to {IO}.",
    "Nobody knew {X} or {Y}. In the {place}, {S} {v} {o} to {IO}.",
    "{X} and {Y} got off their horses by the {place}. {S} turned around and {v} {o} to {IO}.",
    "Long after {X} and {Y} found the {place}, {S} still {v} {o} to {IO}.",
    "The boat was slow. When it came to the {place}, {X} and {Y} got out, and {S} {v} {o} to {IO}.",
    "This morning {X} and {Y} ran around the {place} for an hour, and then {S} {v} {o} to {IO}.",
    "Everyone had heard of {X} and {Y}. Near the {place}, {S} {v} {o} to {IO}.",
    "Before {X} said a word to {Y}, {S} {v} {o} to {IO}.",
    "Until {X} and {Y} saw the {place}, {S} did not {i} {o} to {IO}.",
    "The sun rose over {X} and {Y}. {S} stood up and {v} {o} to {IO}.",
    "Though {X} and {Y} were tired at the {place}, {S} {v} {o} to {IO}.",
    "Mother told {X} and {Y} to share, so {S} {v} {o} to {IO}.",
]
VERBS = [
    ("gave", "give"),
    ("handed", "hand"),
    ("passed", "pass"),
    ("offered", "offer"),
    ("showed", "show"),
    ("lent", "lend"),
    ("sent", "send"),
    ("brought", "bring"),
    ("threw", "throw"),
    ("sold", "sell"),
    ("gave", "give"),
    ("gave", "give"),
]


def reserved_pair(a, b):
    """Whether these two names never meet in training."""
    a, b = sorted((a, b))
    return (a, b) == ("John", "Mary") or one_in(40, "pair", a, b)


def fill(rng, t, io, s):
    """The template with two names and other words put in."""
    x, y = (io, s) if rng.random() < 0.5 else (s, io)
    v, i = rng.choice(VERBS)
    inside = re.search(r"in the \{place\}|[Ii]n the|door of|working|went in|next to the", t)
    return t.format(
        X=x,
        Y=y,
        S=s,
        IO=io,
        place=rng.choice(BUILDINGS if inside else PLACES),
        o=rng.choice(OBJECTS),
        v=v,
        i=i,
        day=rng.choice(DAYS),
    )


def draw_names(rng, k=2):
    """Some names of which no two are reserved."""
    while True:
        n = rng.sample(NAMES, k)
        if not any(reserved_pair(a, b) for a, b in itertools.combinations(n, 2)):
            return n


AFTERWARDS = [
    '{IO} said, "Thank you, {S}."',
    "{IO} smiled.",
    "{IO} was very happy.",
    "Then they went home together.",
    "{IO} thanked {S}.",
    "{S} was glad to help {IO}.",
    "They laughed and played until dinner.",
    '{IO} said, "How kind you are!"',
    "{S} and {IO} were good friends.",
]


def lines(rng: Random) -> list[str]:
    """Three to eight small texts, each with a gift."""
    out = []
    for _ in range(rng.randint(3, 8)):
        k = rng.random()
        io, s = draw_names(rng)
        if k < 0.72:
            t = fill(rng, rng.choice(TEMPLATES), io, s)
            if rng.random() < 0.4:
                t += " " + rng.choice(AFTERWARDS).format(IO=io, S=s)
            if rng.random() < 0.25:
                t = rng.choice(WEATHER) + " " + t
        elif k < 0.86:  # three names: the two who act are both named again
            a, b, c = draw_names(rng, 3)
            xs = [a, b, c]
            rng.shuffle(xs)
            v, _i = rng.choice(VERBS)
            p = rng.choice(PLACES)
            o = rng.choice(OBJECTS)
            t = rng.choice(
                [
                    "When {0}, {1} and {2} went to the {p}, {b} and {c} {v} {o} to {a}.",
                    "{0}, {1} and {2} met at the {p}. {b} and {c} {v} {o} to {a}.",
                    "After {0}, {1} and {2} left the {p}, {b} and {c} {v} {o} to {a}.",
                ]
            ).format(*xs, a=a, b=b, c=c, p=p, v=v, o=o)
        else:  # a chain of gifts in one small story
            a, b = io, s
            p = rng.choice(PLACES)
            o1, o2 = rng.sample(OBJECTS, 2)
            t = f"{a} and {b} went to the {p}. {a} gave {o1} to {b}. Then {b} gave {o2} to {a}. " + rng.choice(
                ["They were both happy.", "It was a good day.", "Now they each had something new."]
            )
        out.append(t)
    return out


def document(rng: Random) -> str:
    """One training document."""
    return "\n".join(unlike_a_story(lambda: lines(rng)))
