"""What makes a document of the corpus fit to train on: its letters, what it must not hold, and when two are one."""

import re

from .wordlist import LISTED_WORDS

KEY_LENGTH = 200  # letters; two documents with the same first ones are one
LAST_ASCII = 126
CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|\b(?:\+?\d{1,3}[ -]?)?\(?\d{3}\)?[ -]\d{3}[ -]\d{4}\b|https?://|www\."  # mail, phone, web
)
PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2009\u200a\u202f", " "),
        **dict.fromkeys("\u200b\ufeff\u2060\u00ad", ""),
        "\u2026": "...",
        "\u2044": "/",
        "\r": "",
    }
)


def plain(text: str) -> str:
    """The text with straight quotes, hyphens and plain spaces, and no carriage returns."""
    return text.translate(PLAIN).strip()


def why_dropped(text: str, own_text: bool) -> str | None:
    """Why a document is left out, or None.  `own_text`: of the curriculum, where numbers may look like phones."""
    if any(ord(letter) > LAST_ASCII or (ord(letter) < ord(" ") and letter != "\n") for letter in text):
        return "other letters than ASCII"
    if LISTED_WORDS.search(text):
        return "word list"
    if not own_text and CONTACT.search(text):
        return "address"
    return None


def duplicate_key(text: str, own_text: bool) -> str:
    """Two documents with the same key are one."""
    if own_text:
        return text[:KEY_LENGTH]
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()[:KEY_LENGTH]
