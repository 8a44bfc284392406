"""Induction and copying: what came once comes again.

Nothing is reserved: held-out sequences and names were drawn from another stream, and none of them is in the text.
Source: Olsson et al. (2022), "In-context Learning and Induction Heads" (why repetition teaches it).
"""

from random import Random

from .words import ADJECTIVES, ANIMALS, NAMES, OBJECTS, WORDS, capitalise, with_article

SYLLABLES = "ba be bi bo bra bri da de di dro fa fen fli gar gel gri gru ha hel ka kel ki kra la lem lo lu ma mel mi mor na nel ni no pa pel pi plo ra rel ri ro sa sel shi sko ta tel ti tro va vel vi vo wa wen wi za zel zi zo".split()
ENDINGS = "b ck d dle ff g k l lk ll lm m mp n nd ng nk p r rd rk rn s sh sk st t th v x zz na la ro mi ko wick bury ton ley by dorf lin".split()


def invent(rng, n=2):
    """A name that nobody has, of up to n syllables and an ending."""
    return capitalise(
        "".join(rng.choice(SYLLABLES) for _ in range(n - 1 if rng.random() < 0.4 else n)) + rng.choice(ENDINGS)
    )


def random_items(rng, k):
    """k words, names, numbers or letters, or a mixture."""
    kind = rng.random()
    if kind < 0.56:
        return rng.sample(WORDS, k)
    if kind < 0.76:
        return rng.sample(NAMES, k)
    if kind < 0.84:
        return [str(rng.randint(0, 99)) for _ in range(k)]
    if kind < 0.92:
        return [rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(k)]
    return [
        rng.choice(
            [rng.choice(WORDS), rng.choice(NAMES), str(rng.randint(0, 99)), rng.choice("ABCDEFGHJKMNPQRSTUVWXYZ")]
        )
        for _ in range(k)
    ]


def repeated_items(rng: Random) -> str:
    """A random sequence, two to four times over."""
    k = rng.choice([3, 4, 4, 5, 5, 6, 6, 7, 8, 10, 12, 16, 20])
    s = random_items(rng, k)
    sep = rng.choice([" ", " ", " ", ", ", " ", " - "])
    rep = rng.choice([2, 2, 3, 4]) if k < 12 else 2
    joiner = rng.choice([sep, sep, "\n", ". " if sep == ", " else sep])
    return joiner.join(sep.join(s) for _ in range(rep))


def repeated_pairs(rng: Random) -> str:
    """Pairs of words, two or three times over in a new order."""
    k = rng.randint(3, 7)
    a = rng.sample(WORDS, 2 * k)
    pr = list(zip(a[:k], a[k:], strict=False))
    f = rng.choice(
        ["{0} {1}", "{0}: {1}", "{0} - {1}", "{0} goes with {1}.", "Say {0}, then {1}.", "{0} = {1}", "{0} likes {1}."]
    )
    j = " " if f.endswith(".") else rng.choice(["\n", "\n", ", ", " "])
    body = []
    for _ in range(rng.choice([2, 3])):
        rng.shuffle(pr)
        body += [f.format(*p) for p in pr]
    return j.join(capitalise(x) if f.endswith(".") else x for x in body)


ROLES = "baker farmer teacher doctor sailor painter singer dancer king queen knight wizard driver gardener fisherman cook tailor miller nurse pilot".split()


def invented_story(rng: Random) -> str:
    """A text whose names are invented and come again and again.  It does not begin as stories do: those are elsewhere."""
    first, last = invent(rng), invent(rng)
    full = f"{first} {last}"
    town = invent(rng, 2)
    role = rng.choice(ROLES)
    o = rng.choice(OBJECTS)
    adj = rng.choice(ADJECTIVES)
    an_ = rng.choice(ANIMALS)
    pet = invent(rng, 2)
    S = [
        f"{full} was {with_article(role)}.",
        f"{full} lived in a town called {town}.",
        f"Everyone in {town} knew {full}.",
        f"One day {full} found {o}.",
        f'"Who is there?" asked a voice. "It is {full}," said the {role}.',
        f"{full} had {with_article(an_)} named {pet}.",
        f"The {an_} {pet} followed {full} all over {town}.",
        f"{full} was {adj}, and {pet} was {rng.choice(ADJECTIVES)}.",
        f'"Good morning, {full}!" said the people of {town}.',
        f"In the evening {full} walked home through {town} with {pet}.",
        f"There was no one like {full}.",
        f"They wrote the name {full} on the wall.",
        f'{full} called, "{pet}! {pet}!" and {pet} came.',
        f"The road to {town} was long.",
        f"The song said: {full}, {full}, come home to {town}.",
        f"So {full} gave {o} to {pet}.",
    ]
    k = rng.randint(5, 11)
    mid = rng.sample(S[1:], k)
    return " ".join([S[0], *mid])


def document(rng: Random) -> str:
    """One training document."""
    k = rng.random()
    if k < 0.45:
        return "\n".join(repeated_items(rng) for _ in range(rng.choice([1, 2, 3, 4])))
    if k < 0.65:
        return repeated_pairs(rng)
    if k < 0.92:
        return invented_story(rng)
    # a made-up word defined, then used
    L = []
    for _ in range(rng.randint(2, 4)):
        w = invent(rng, 2).lower()
        c = rng.choice(WORDS)
        L.append((w, c))
    t = [f"The word {w} means {c}." for w, c in L]
    rng.shuffle(L)
    t += [
        rng.choice(
            [
                "If I say {w}, I mean {c}.",
                "What does {w} mean? It means {c}.",
                "{w} is another word for {c}.",
                "When they say {w}, they mean {c}.",
            ]
        ).format(w=w, c=c)
        for w, c in L
    ]
    return " ".join(t)
