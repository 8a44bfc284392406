"""Lists of a category, rhymes, couplets, mirrored brackets, and lines of code.

Reserved: one (frame, item) pair in 7; one run of five or more opening brackets in 9.
"""

from random import Random

from .code_lines import CLOSING, code, dyck
from .openings import unlike_a_story
from .reserved import one_in
from .words import NAMES, capitalise, listing

CATEGORIES = {
    "fruits": "apples pears plums peaches grapes oranges bananas cherries lemons",
    "animals": "dogs cats horses lions bears wolves rabbits foxes goats",
    "colors": "red blue green yellow black white pink brown purple",
    "birds": "robins owls crows eagles ducks swans hens",
    "vegetables": "carrots peas beans onions potatoes cabbages",
    "clothes": "hats coats shirts shoes socks gloves scarves",
    "tools": "hammers saws nails drills axes shovels",
    "drinks": "water milk tea juice coffee lemonade",
    "flowers": "roses daisies lilies violets tulips",
    "shapes": "circles squares triangles stars",
    "numbers": "one two three four five six seven eight",
    "toys": "dolls balls kites blocks puzzles",
    "insects": "ants bees flies beetles butterflies",
    "trees": "oaks pines elms willows birches",
    "rooms": "kitchens bedrooms bathrooms halls",
    "meals": "breakfast lunch dinner supper",
    "seasons": "spring summer autumn winter",
    "metals": "gold silver iron copper tin",
}
CATEGORIES = {k: v.split() for k, v in CATEGORIES.items()}
RHYMES = [
    "cat hat mat rat bat",
    "dog log frog fog hog",
    "bee tree sea me key",
    "star car jar far",
    "moon spoon soon tune",
    "night light bright kite",
    "day play may way say",
    "boat coat goat note",
    "house mouse",
    "king ring sing wing",
    "bear chair hair pear",
    "cake lake snake rake",
    "hen pen ten men",
    "fish dish wish",
    "ball wall tall fall",
    "nose rose toes",
    "sun run fun bun",
    "bed red head bread",
    "rain train plane cane",
    "book look cook hook",
    "sky pie high fly",
    "snow go row blow",
    "duck truck luck",
    "fox box socks",
    "sheep sleep deep",
    "hill mill still",
    "clock sock rock",
    "bug rug hug mug",
    "pig wig dig big",
    "two shoe blue you",
    "sand hand land band",
    "feet street sweet",
    "pan man fan can",
    "bell well shell",
    "nail tail sail",
]
RHYMES = [x.split() for x in RHYMES]
RHYME_LINES = [
    "The word {a} rhymes with {b}.",
    "{A} rhymes with {b}.",
    "I know a word that rhymes with {a}: {b}.",
    "{A} and {b} rhyme.",
    "What rhymes with {a}? The word {b} does.",
    "Say {a}, then say {b}. They rhyme.",
]
RHYME_NOUNS = {x for g in RHYMES for x in g} - set(
    "far soon bright may way say me sing wish tall fall run red high go blow still two blue you deep sweet big dig look hug well toes socks feet men ten day play snow rain sand bread luck fun sleep tune row ring".split()
) | {"ring"}
COUPLETS = [
    ("I saw a little {a}", "sitting by the {b}."),
    ("Once there was a {a}", "who found a golden {b}."),
    ("Look at the {a},", "look at the {b}."),
    ("Here comes the {a},", "here comes the {b}."),
    ("Down the road there went a {a}", "and it met a tiny {b}."),
    ("I have a song about a {a},", "I have a song about a {b}."),
    ("The farmer had a happy {a}", "and next to it a sleepy {b}."),
    ("Up the hill I took my {a},", "down the hill I took my {b}."),
]


def is_reserved(f, x):
    """Whether training never shows this frame with this item."""
    return one_in(7, "l", f, x)


def is_reserved_mirror(o):
    """Whether training never shows this run of opening brackets (one in 9 of those of five or more)."""
    return len(o) >= 5 and one_in(9, "mir", "".join(o))


def mirror(rng, k):
    """k opening brackets and their closing ones, as two lists."""
    while True:
        o = [rng.choice("([{") for _ in range(k)]
        if not any(is_reserved_mirror(o[i:]) for i in range(k)):
            return o, [CLOSING[x] for x in reversed(o)]


def line(rng: Random, mode: str) -> str:
    """One line of a kind: list, rhyme, couplet, mirror, dyck or code."""
    if mode == "list":
        c = rng.choice(list(CATEGORIES))
        xs = rng.sample(CATEGORIES[c], min(len(CATEGORIES[c]), rng.randint(3, 4)))
        n = rng.choice(NAMES)
        if is_reserved("all", c + xs[0] + xs[1]):
            return f"{capitalise(c)}: {', '.join(xs)}."
        return rng.choice(
            [
                f"{capitalise(listing(rng, xs))} are all {c}.",
                f"{n} likes {listing(rng, xs)}.",
                f"Some {c} are {listing(rng, xs)}.",
                f"{capitalise(c)}: {', '.join(xs)}.",
                f"{n} wrote a list of {c}:\n" + "\n".join("- " + x for x in xs),
                f"There are many {c}, such as {listing(rng, xs)}.",
                f"First {xs[0]}, second {xs[1]}, third {xs[2]}.",
            ]
        )
    if mode == "rhyme":
        g = rng.choice(RHYMES)
        a, b = rng.sample(g, 2)
        for _ in range(20):
            f = rng.choice(RHYME_LINES)
            if not is_reserved(f, a):
                return f.format(a=a, A=capitalise(a), b=b)
        return f"{capitalise(a)}, {b}, {a}, {b}."
    if mode == "couplet":
        for _ in range(50):
            g = [x for x in rng.choice(RHYMES) if x in RHYME_NOUNS]
            if len(g) > 1:
                a, b = rng.sample(g, 2)
                c = rng.choice(COUPLETS)
                if not is_reserved(c[0], a):
                    return c[0].format(a=a) + "\n" + c[1].format(b=b)
        return "Round and round and round we go,\nup we jump and down we go."
    if mode == "mirror":
        o, c = mirror(rng, rng.randint(2, 6))
        return " ".join(o + c)
    if mode == "dyck":
        return dyck(rng, rng.randint(3, 9))
    return code(rng)


def document(rng: Random) -> str:
    """One training document."""
    m = rng.choices(["list", "rhyme", "couplet", "mirror", "dyck", "code"], [3, 2.2, 2.6, 1.6, 0.7, 2.4])[0]
    return "\n".join(unlike_a_story(lambda: [line(rng, m) for _ in range(rng.randint(4, 12))]))
