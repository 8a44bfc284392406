"""The words that all behaviours draw from, and three small things done with words.

Every name and every word of WORDS is one GPT-2 token with a space in front, and every year of YEARS two, a century and
a rest (tests/test_synthetic.py checks both), so that what is copied or compared is one token.
"""

from pathlib import Path

FEMALE_NAMES = """Mary Anna Emma Lucy Sarah Jane Alice Rose Kate Helen Laura Julia Amy Lily Susan Linda Karen Lisa Nancy Betty Sandra Donna
Carol Ruth Sharon Michelle Amanda Melissa Stephanie Rebecca Anne Ann Diana Julie Heather Victoria Lauren Christina Joan Judith Megan Andrea
Hannah Martha Gloria Teresa Sara Kathryn Rachel Emily Sophie Grace Chloe Olivia Sophia
Molly Jenny Mia Eva Maria Elena Nora Clara Ellen Rosa Tina Wendy Daisy Claire Caroline Charlotte Elizabeth Margaret Catherine Jessica Jennifer""".split()
MALE_NAMES = """John Tom James Peter Paul Mark David Michael Robert William Richard Thomas Charles Daniel Matthew Anthony Steven Andrew Kenneth Joshua
Kevin Brian George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel
Gregory Frank Alexander Raymond Patrick Jack Dennis Jerry Tyler Aaron Jose Adam Henry Nathan Douglas Kyle Walter Harold Carl Jeremy Arthur
Roger Keith Lawrence Albert Joe Juan Billy Bobby Johnny Bradley Ben Sam Max Tim Bob Bill Jim Mike Steve Dan Luke Simon Oliver Leo Harry""".split()
NAMES = FEMALE_NAMES + MALE_NAMES
PLACES = """store school park garden restaurant station office house hospital market beach library zoo farm museum kitchen playground lake river
cafe barn bakery castle forest pool harbor village camp circus concert fair shop theater stadium gym palace tower bridge meadow cabin cave hill hotel""".split()
OBJECTS = """a drink|a ring|a book|a basketball|a necklace|an apple|a key|a bottle of milk|some bread|a red balloon|a letter|a map|a pencil|a flower|a cake|a toy|
a hat|a coat|a ball|a cup of tea|a sandwich|a bag of nuts|a blue kite|a small box|a present|a picture|a spoon|a blanket|a lamp|a coin|a bag|an orange|a pear|
a cookie|a note|a candle|a shell|a feather|a stone|a basket|a rope|a hammer|a brush|a scarf|a pair of gloves|an umbrella|a bone|a bowl of soup|a slice of pie|a card""".replace(
    "\n", ""
).split("|")
ADJECTIVES = "happy sad big small old young kind quiet brave clever tired hungry gentle busy proud funny lazy careful polite strong".split()
ANIMALS = (
    "dog cat fox bear rabbit mouse horse duck frog bird wolf lion pig cow sheep goat owl turtle squirrel hen".split()
)
WEATHER = [
    "It was a sunny day.",
    "It was a cold morning.",
    "It was raining outside.",
    "The sky was blue.",
    "It was a quiet evening.",
    "The wind was blowing.",
    "Snow was falling.",
    "It was a warm afternoon.",
    "The sun was high in the sky.",
    "It was late in the day.",
    "The birds were singing.",
    "It was the first day of spring.",
]
BUILDINGS = [
    p
    for p in PLACES
    if p
    not in "beach lake river pool harbor meadow bridge hill camp circus concert fair village forest park garden playground".split()
]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
WORDS = (Path(__file__).parent / "words.txt").read_text(encoding="ascii").split()  # common in stories and books
YEARS = {
    line.split()[0]: line.split()[1:]  # century -> the last two digits of its years
    for line in (Path(__file__).parent / "years.txt").read_text(encoding="ascii").splitlines()
}


def capitalise(text):
    """The text with its first letter in upper case.  Throws: IndexError if it is empty."""
    return text[0].upper() + text[1:]


def with_article(noun):
    """The noun after "a" or "an"."""
    return ("an " if noun[0] in "aeiou" and not noun.startswith(("uni", "use", "one")) else "a ") + noun


def listing(rng, xs):
    """ "x", "x and y" or "x, y and z"; with three or more, half of the time with a comma before "and"."""
    xs = list(xs)
    if len(xs) == 1:
        return xs[0]
    if len(xs) == 2:
        return f"{xs[0]} and {xs[1]}"
    return ", ".join(xs[:-1]) + ("," if rng.random() < 0.5 else "") + f" and {xs[-1]}"
