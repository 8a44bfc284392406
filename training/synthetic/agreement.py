"""Agreement: the verb follows the number of its subject, not of the noun next to it.

Reserved: one (noun, preposition, noun) triple in 25, and the preposition "opposite", which is not here.
"""

from random import Random

from .openings import unlike_a_story
from .reserved import one_in

NOUNS = """key keys|cabinet cabinets|box boxes|dog dogs|cat cats|boy boys|girl girls|teacher teachers|farmer farmers|author authors|king kings|tree trees|house houses|picture pictures|book books|car cars|boat boats|letter letters|door doors|window windows|bird birds|horse horses|child children|man men|woman women|doctor doctors|toy toys|friend friends|flower flowers|river rivers|table tables|chair chairs|story stories|song songs|road roads|shop shops|student students|sister sisters|brother brothers|soldier soldiers|guest guests|apple apples|hat hats|bag bags|plate plates|cup cups|painting paintings|computer computers|engine engines|plan plans""".split(
    "|"
)
NOUNS = [tuple(x.split()) for x in NOUNS]
PREPOSITIONS = ["near", "behind", "beside", "by", "in front of", "next to", "close to", "across from", "far from"]
SPECIAL = {
    "key": ["to", "for"],
    "door": ["of", "to"],
    "road": ["to"],
    "letter": ["from", "to", "about"],
    "picture": ["of"],
    "painting": ["of"],
    "story": ["about"],
    "song": ["about"],
    "plan": ["for"],
    "book": ["about", "under", "on"],
    "window": ["of"],
    "engine": ["of"],
    "toy": ["for", "under", "on"],
    "flower": ["for"],
    "box": ["for", "under", "on"],
    "bag": ["with", "under"],
    "boy": ["with"],
    "girl": ["with"],
    "man": ["with"],
    "woman": ["with"],
    "teacher": ["with", "of"],
    "farmer": ["with"],
    "author": ["of"],
    "friend": ["of"],
    "cup": ["on", "under"],
    "plate": ["on", "under"],
}
HUMANS = {
    "boy",
    "girl",
    "teacher",
    "farmer",
    "author",
    "king",
    "child",
    "man",
    "woman",
    "doctor",
    "friend",
    "student",
    "sister",
    "brother",
    "soldier",
    "guest",
}
VERBS = [("is", "are"), ("was", "were"), ("has", "have"), ("seems", "seem"), ("looks", "look")]
HUMAN_VERBS = [
    ("walks", "walk"),
    ("sings", "sing"),
    ("likes", "like"),
    ("wants", "want"),
    ("runs", "run"),
    ("knows", "know"),
    ("lives", "live"),
    ("works", "work"),
    ("plays", "play"),
    ("needs", "need"),
]
TAILS = {
    "is": [
        "very old",
        "red",
        "on the floor",
        "ready",
        "in the room",
        "here",
        "new",
        "small",
        "not far away",
        "beautiful",
        "lost",
        "clean",
    ],
    "has": ["a new name", "been here for years", "a red mark", "no owner", "to go", "gone"],
    "seems": ["very old", "new", "strange", "small", "fine"],
    "walks": ["to school", "every day"],
    "sings": ["a song", "every morning"],
    "likes": ["the rain", "apples", "music"],
    "wants": ["to go home", "some water", "a new hat"],
    "runs": ["fast", "to the park"],
    "knows": ["the way", "the answer", "my name"],
    "lives": ["in the town", "near the sea"],
    "works": ["hard", "in the garden"],
    "plays": ["games", "in the park"],
    "needs": ["some help", "more time"],
}
TAILS["was"] = TAILS["is"]
TAILS["looks"] = TAILS["seems"]


def is_reserved(a, p, b):
    """Whether training never shows noun a, preposition p and noun b together."""
    return one_in(25, "ag", a, p, b)


def subject(rng: Random):
    """Two nouns, a preposition between them, and whether each noun is plural."""
    while True:
        a, b = rng.sample(NOUNS, 2)
        p = rng.choice(SPECIAL[a[0]] if a[0] in SPECIAL and rng.random() < 0.4 else PREPOSITIONS)
        na = rng.random() < 0.5
        nb = (not na) if rng.random() < 0.65 else na
        if is_reserved(a[0], p, b[0]):
            continue
        return a, b, p, na, nb


def line(rng: Random) -> str:
    """One sentence whose verb agrees with its first noun."""
    z = rng.random()
    a, b, p, na, nb = subject(rng)
    s, d = a[na], b[nb]
    hum = a[0] in HUMANS
    v = rng.choice(VERBS + (HUMAN_VERBS if hum else []))
    tail = rng.choice(TAILS[v[0]])
    vv = v[na]
    if z < 0.45:
        return f"The {s} {p} the {d} {vv} {tail}."
    if z < 0.55:
        return f"The {s} {vv} {tail}."
    if z < 0.66:
        h = rng.choice([x for x in NOUNS if x[0] in HUMANS])
        hv = rng.choice([("sees", "see"), ("likes", "like"), ("knows", "know"), ("loves", "love")])
        nh = rng.random() < 0.5
        return f"The {s} that the {h[nh]} {hv[nh]} {vv} {tail}."
    if z < 0.74 and hum:
        q = rng.choice([("likes", "like"), ("sees", "see"), ("has", "have")])
        return f"The {s} who {q[na]} the {d} {vv} {tail}."
    if z < 0.82:
        return f"There {('is', 'are')[na]} {('one', 'some')[na]} {s} {p} the {d}."
    if z < 0.88:
        return (
            f"The {s} {p} the {d} {('is', 'are')[na]} {rng.choice(TAILS['is'])}. {('It', 'They')[na]} {('was', 'were')[na]} {rng.choice(TAILS['is'])} before."
            if not hum
            else f"The {s} {p} the {d} {vv} {tail}."
        )
    if z < 0.94:
        x = rng.choice(NOUNS)
        return rng.choice(
            [
                f"Every {x[0]} {v[0]} {tail}."
                if x[0] in HUMANS or v in VERBS
                else f"Every {x[0]} is {rng.choice(TAILS['is'])}.",
                f"All the {x[1]} {('are', 'were')[rng.random() < 0.5]} {rng.choice(TAILS['is'])}.",
                f"One of the {x[1]} is {rng.choice(TAILS['is'])}.",
                f"Both {x[1]} are {rng.choice(TAILS['is'])}.",
                f"Each {x[0]} has {rng.choice(['a name', 'a place', 'a number'])}.",
            ]
        )
    return f"{('Is', 'Are')[na]} the {s} {p} the {d} {rng.choice(TAILS['is'])}? {('Yes', 'No')[rng.random() < 0.5]}."


def document(rng: Random) -> str:
    """One training document."""
    return "\n".join(unlike_a_story(lambda: [line(rng) for _ in range(rng.randint(4, 12))]))
