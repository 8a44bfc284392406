"""Held-out prompts must be in no text that is trained on."""

import re
from bisect import bisect_right

SEPARATOR = " \0 "


def flat(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text)


def find_leaks(documents: list[str], prompts: list[dict]) -> set[int]:
    """Numbers of the documents that hold a prompt word for word, white space aside.

    A prompt counts from word to word: "1 + 9 =" is not in "11 + 9 =", nor "The boy" in "The boys". Only the year that a
    greater_than prompt breaks off in may go on.
    """
    starts, parts, offset = [], [], 0
    for text in documents:
        part = SEPARATOR + flat(text)
        starts.append(offset)
        parts.append(part)
        offset += len(part)
    everything = "".join([*parts, SEPARATOR])
    return {
        bisect_right(starts, hit) - 1
        for prompt in prompts
        for hit in hits(everything, flat(prompt["prompt"]), prompt["behaviour"] == "greater_than")
    }


def hits(everything: str, prompt: str, may_go_on: bool):
    """Where the prompt stands as whole words."""
    start = everything.find(prompt)
    while start >= 0:
        end = start + len(prompt)
        begins = not (prompt[0].isalnum() and everything[start - 1].isalnum())
        ends = may_go_on or not (prompt[-1].isalnum() and everything[end].isalnum())
        if begins and ends:
            yield start
        start = everything.find(prompt, start + 1)
