"""How a document of unrelated lines begins: as no story does, so that a story's first words are followed by a story.

A model cannot tell what kind of text it is in before the first line is over. While the curriculum had documents that
began "The old man" or "It was a sunny day", stories that began so went on as curriculum.
"""

import re
from collections.abc import Callable

from .words import NAMES

# First words of TinyStories and of the books, as they stand there; "When" and "After" are let through, with which none of
# the former begins: the sentences with names and gifts need them.
STORY_WORDS = re.compile(
    r"""["']|(?:The|An?|My|Her|His|Our|Their|He|She|It|They|We|I|You|There|This|That|Everyone|Nobody|One (?:day|morning|sunny)|Once"""
    r"""|Long|Yesterday|All|Every|In|On|At|Down|Up|Listen|Then|Mother|Father|Mom|Mommy|Mama|Dad|Daddy|Snow)\b"""
)


def begins_as_a_story(text: str) -> bool:
    """Whether a story could begin with the text's first word: a quotation, a name, "The", "It", "One day" ..."""
    return bool(STORY_WORDS.match(text)) or re.split(r"\W", text, maxsplit=1)[0] in NAMES


def unlike_a_story(make: Callable[[], list[str]]) -> list[str]:
    """Lines made anew until no story could begin with one of them; and that one first.

    It does not end if every line that `make` makes could.
    """
    while True:
        lines = make()
        for number, line in enumerate(lines):
            if not begins_as_a_story(line):
                return [line, *lines[:number], *lines[number + 1 :]]
