"""Quotation marks and brackets that close.

Reserved: one (frame, content) pair in 12.
"""

from random import Random

from .openings import unlike_a_story
from .reserved import one_in
from .successor import number_word
from .words import NAMES, OBJECTS, PLACES, WORDS, capitalise, listing

SAYINGS = [
    "I am going home",
    "We will be there soon",
    "You are very kind",
    "It is time for bed",
    "I have lost my hat",
    "The soup is ready",
    "I can see the sea",
    "Look at the little bird",
    "We should wait for the others",
    "I would like some tea",
    "The door is open",
    "My brother is at school",
    "There is a cat on the roof",
    "I do not want to go",
    "It will rain tomorrow",
    "Come and play with me",
    "The moon is bright tonight",
    "I have never been so happy",
    "We can all help",
    "This is my favorite book",
    "The train is late",
    "Please close the window",
    "I think the dog is hungry",
    "Let us go to the park",
]
QUESTIONS = [
    "Where is my hat",
    "What is your name",
    "Who is at the door",
    "Why are you sad",
    "How old are you",
    "When will you come back",
    "Can I help you",
    "Is this your dog",
    "Did you see the fox",
    "Will you play with me",
    "Do you like apples",
    "Are we there yet",
    "May I have some bread",
    "What time is it",
    "Where do you live",
]
SAYING_VERBS = ["said", "answered", "replied", "whispered", "shouted", "cried", "called"]
ASIDES_THING = [
    "a small brown one",
    "the red one",
    "the one near the door",
    "which was open",
    "a gift from her uncle",
    "it was very heavy",
    "the oldest of the three",
    "or so they say",
    "as you know",
    "not far from here",
    "which had been empty for years",
    "made of wood and stone",
    "the color of honey",
    "at least for now",
    "see the map",
    "the second one on the left",
    "the best in the town",
    "and nobody knew why",
    "a very long time ago",
    "which nobody wanted",
]
ASIDES_PERSON = [
    "a small brown one",
    "who was very old",
    "my best friend",
    "the one with the long tail",
    "the oldest of the three",
    "or so they say",
    "as you know",
    "the tall one in the blue coat",
    "at least for now",
    "with a white spot on the nose",
    "the best in the town",
    "and nobody knew why",
    "who had no name",
    "a friend of my mother",
]
THINGS = [
    "The book",
    "Her house",
    "The old bridge",
    "His boat",
    "The garden",
    "The box",
    "The shop",
    "The clock",
    "The tower",
    "The letter",
    "The wagon",
    "The lamp",
    "The village",
    "The door",
    "The painting",
    "The blue hat",
]
PERSONS = [
    "The dog",
    "My sister",
    "The king",
    "The cat",
    "The teacher",
    "Our neighbor",
    "The horse",
    "The old farmer",
    "The wizard",
    "Her cousin",
    "The sailor",
    "The rabbit",
]
SUBJECTS = THINGS + PERSONS
ENDS_THING = [
    "was gone",
    "is still there",
    "fell into the river",
    "was near the station",
    "was easy to find",
    "looked very strange",
    "was left behind",
    "is not for sale",
]
ENDS_PERSON = [
    "made us laugh",
    "came back in the spring",
    "will be here soon",
    "looked very strange",
    "went home",
    "was asleep",
    "waited for us",
    "fell into the river",
]


def asides(u):
    """What can stand in brackets after a subject."""
    return ASIDES_THING if u in THINGS else ASIDES_PERSON


def is_reserved(a, b):
    """Whether training never shows this frame with this content."""
    return one_in(12, "q", a, b)


def things_line(rng: Random, n: str) -> str:
    """A sentence with a list of things in brackets."""
    xs = rng.sample([o for o in OBJECTS if " of " not in o], rng.randint(2, 4))
    number, place = number_word(len(xs)), rng.choice(PLACES)
    if rng.random() < 0.5:
        return f"{n} bought {number} things ({listing(rng, xs)}) at the {place}."
    return f"{capitalise(number)} things ({listing(rng, xs)}) were left at the {place}."


def line(rng: Random) -> str:
    """One sentence with something in quotation marks or brackets."""
    n = rng.choice(NAMES)
    z = rng.random()
    while True:
        s = rng.choice(SAYINGS)
        q = rng.choice(QUESTIONS)
        v = rng.choice(SAYING_VERBS)
        u = rng.choice(SUBJECTS)
        p = rng.choice(asides(u))
        pv = rng.choice(ENDS_THING if u in THINGS else ENDS_PERSON)
        if not (is_reserved(v, s) or is_reserved("asked", q) or is_reserved(u, p) or is_reserved("list", p)):
            break
    if z < 0.16:
        return f'{n} {v}, "{s}."'
    if z < 0.26:
        return f'"{s}," {v} {n}.'
    if z < 0.36:
        return (
            f'{n} asked, "{q}?"' if z < 0.31 else rng.choice([f'Somebody asked, "{q}?"', f'What did {n} say? "{s}."'])
        )
    if z < 0.44:
        return f'"{q}?" asked {n}.'
    if z < 0.52:
        m = rng.choice(NAMES)
        return f'"{q}?" asked {n}. "{s}," {v} {m}.'
    if z < 0.76:
        return f"{u} ({p}) {pv}."
    if z < 0.84:
        return things_line(rng, n)
    if z < 0.88:
        return f'{u} was called "{capitalise(rng.choice(WORDS))} {capitalise(rng.choice(WORDS))}" in those days.'
    if z < 0.92:
        return f'{n} read the sign: "{capitalise(s.lower())}."'
    if z < 0.96:
        return f"The note said [{s.lower()}] and nothing more."
    return f"{u} [{p}] {pv}."


def document(rng: Random) -> str:
    """One training document."""
    return "\n".join(unlike_a_story(lambda: [line(rng) for _ in range(rng.randint(4, 10))]))
