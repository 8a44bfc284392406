"""Young animals, homes, jobs and kinds: one sentence at a time, with the right article."""

from random import Random

from .fact_lists import HOMES, JOBS, KINDS, YOUNG
from .words import capitalise, with_article

NO_ARTICLE = ("blue", "football")


def young_line(rng: Random) -> str:
    a, b = rng.choice(YOUNG)
    line = rng.choice(
        [f"A young {a} is called a {b}.", f"A baby {a} is a {b}.", f"The {b} will grow up to be {with_article(a)}."]
    )
    return line.replace("a owlet", "an owlet").replace("a eaglet", "an eaglet")


def home_line(rng: Random) -> str:
    a, b = rng.choice(HOMES)
    home = "The king lives in a palace." if a == "king" else f"{capitalise(with_article(a))} makes its home in a {b}."
    line = rng.choice([f"The {a} lives in a {b}.", home, f"The home of {with_article(a)} is a {b}."])
    return line.replace("a sea", "the sea").replace("a anthill", "an anthill")


def job_line(rng: Random) -> str:
    a, b = rng.choice(JOBS)
    return rng.choice([f"A {a} {b}.", f"The {a} {b} every day.", f"What does a {a} do? A {a} {b}."])


def kind_line(rng: Random) -> str:
    a, b = rng.choice(KINDS)
    noun = with_article(a) if a[0].islower() and a not in NO_ARTICLE else a
    return rng.choice([f"{capitalise(noun)} is {with_article(b)}.", f"What is {noun}? It is {with_article(b)}."])


def trivia_line(rng: Random) -> str:
    """One sentence about one of the four."""
    z = rng.random()
    make = young_line if z < 0.25 else home_line if z < 0.5 else job_line if z < 0.75 else kind_line
    return make(rng)
