"""Sequences: days, months, numbers, letters, ordinals, seasons, and what comes next.

Reserved: nothing of the sequences; four whole sentences around them are not here (the held-out prompts use those).
"""

from random import Random

from .openings import unlike_a_story
from .words import DAYS, MONTHS, NAMES, capitalise

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def number_word(n):
    """The number in words, up to one hundred; in digits above it."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ("-" + ONES[n % 10] if n % 10 else "")
    if n == 100:
        return "one hundred"
    return str(n)


ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
SEASONS = ["spring", "summer", "autumn", "winter"]
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def cycle(items, i, k):
    """k items of a list that goes round, from item i."""
    return [items[(i + j) % len(items)] for j in range(k)]


def run(rng: Random) -> list:
    """Some items of a known sequence, in order."""
    z = rng.random()
    if z < 0.18:
        i = rng.randrange(7)
        return cycle(DAYS, i, rng.randint(4, 12))
    if z < 0.36:
        i = rng.randrange(12)
        return cycle(MONTHS, i, rng.randint(4, 14))
    if z < 0.52:
        a = rng.randint(0, 92)
        return [number_word(n) for n in range(a, min(101, a + rng.randint(4, 10)))]
    if z < 0.74:
        a = rng.choice([rng.randint(0, 20), rng.randint(0, 99), rng.randint(10, 95), rng.randint(100, 999)])
        st = rng.choice([1, 1, 1, 1, 2, 5, 10])
        return [str(a + st * j) for j in range(rng.randint(4, 12))]
    if z < 0.80:
        a = rng.randint(8, 60)
        return [str(a - j) for j in range(min(a, rng.randint(4, 10)) + 1)]
    if z < 0.92:
        i = rng.randint(0, 21)
        return (
            list(ALPHABET[i : i + rng.randint(4, 10)])
            if rng.random() < 0.7
            else list(ALPHABET.lower()[i : i + rng.randint(4, 10)])
        )
    if z < 0.97:
        i = rng.randint(0, 6)
        return ORDINALS[i : i + rng.randint(4, 6)]
    return cycle(SEASONS, rng.randrange(4), rng.randint(4, 8))


WRAPPERS = [
    "{s}",
    "{s}",
    "{s}",
    "{s}.",
    "Count with me: {s}.",
    "The children said: {s}.",
    '"{s}," said {n}.',
    "In order: {s}.",
    "It goes {s}, and so on.",
    "{n} wrote {s} on the board.",
    "The list was {s}.",
    "Say them one by one: {s}.",
    "On the door it said {s}.",
    "{n} read the numbers and letters aloud: {s}.",
    "The bird sang: {s}.",
    "And on it went: {s}.",
    '{n} began to count. "{s}!"',
]


def next_line(rng: Random) -> str:
    """A sentence about what comes after what."""
    z = rng.random()
    n = rng.choice(NAMES)
    if z < 0.30:
        i = rng.randrange(7)
        a, b, c = cycle(DAYS, i, 3)
        return rng.choice(
            [
                f"The day after {a} is {b}.",
                f"If today is {a}, then tomorrow is {b}.",
                f"Yesterday was {a}, so today is {b}.",
                f"{b} comes after {a}.",
                f"{a} comes before {b}.",
                f"Today is {b}. Yesterday was {a}. Tomorrow will be {c}.",
                f"{n} left on {a} and came back the next day, on {b}.",
                f"{n} slept all {a} and woke up a day later, on {b}.",
                f"It rained on {a}, and the day after, on {b}, the sun shone.",
                f"What day comes after {a}? {b}.",
            ]
        )
    if z < 0.55:
        i = rng.randrange(12)
        a, b, c = cycle(MONTHS, i, 3)
        return rng.choice(
            [
                f"The month after {a} is {b}.",
                f"After {a} comes {b}.",
                f"{a} is followed by {b}.",
                f"{b} comes between {a} and {c}.",
                f"It is {a} now, and next month will be {b}.",
                f"What month comes after {a}? {b}.",
                f"{n} was born in {a}, one month before {b}.",
                f"{n} came in {a} and stayed a month, until {b}.",
                f"It was {a} when {n} left, and a month later, in {b}, {n} came home.",
                f"{n} lost a tooth in {a}. Then a month went by, and it was {b}.",
            ]
        )
    if z < 0.80:
        k = rng.randint(0, 98)
        a, b, c = (
            (number_word(k), number_word(k + 1), number_word(k + 2))
            if rng.random() < 0.5
            else (str(k), str(k + 1), str(k + 2))
        )
        return rng.choice(
            [
                f"The number after {a} is {b}.",
                f"After {a} comes {b}.",
                f"{capitalise(b)} is one more than {a}.",
                f"{capitalise(a)} is one less than {b}.",
                f"{capitalise(b)} is between {a} and {c}.",
                f"{n} was {a} years old last year, so now {n} is {b}.",
                f"Chapter {k + 1} comes after chapter {k}.",
            ]
        )
    i = rng.randint(0, 23)
    a, b, c = ALPHABET[i], ALPHABET[i + 1], ALPHABET[i + 2]
    return rng.choice(
        [
            f"The letter after {a} is {b}.",
            f"{a} comes before {b}.",
            f"After the letter {a} comes the letter {b}.",
            f"{b} is between {a} and {c}.",
            f"What letter comes after {a}? {b}.",
        ]
    )


def sequence_line(rng: Random) -> str:
    """Some items of a sequence in order, alone or in a sentence."""
    s = run(rng)
    w = rng.choice(WRAPPERS)
    t = w.format(s=rng.choice([", ", ", ", " ", ", "]).join(s), n=rng.choice(NAMES))
    return capitalise(t) if w != "{s}" else t


def lines(rng: Random) -> list[str]:
    """Three to nine sequences, or sentences about what comes next."""
    return [sequence_line(rng) if rng.random() < 0.55 else next_line(rng) for _ in range(rng.randint(3, 9))]


def document(rng: Random) -> str:
    """One training document."""
    out = unlike_a_story(lambda: lines(rng))
    return "\n".join(out) if rng.random() < 0.75 else " ".join(x if x[-1] in '.!"' else x + "." for x in out)
