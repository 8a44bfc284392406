"""A corpus file: documents one after another, each followed by a line that holds only `<|endoftext|>`."""

from collections.abc import Iterable
from pathlib import Path

END_OF_TEXT = "<|endoftext|>"
STORIES = "tinystories"
OWN_TEXT = "synthetic"  # the source that the curriculum wrote; all others were written by other people


def read_documents(path: Path) -> list[str]:
    """The documents of a file, without empty ones.

    Throws: FileNotFoundError if there is no such file; ValueError if the marker stands inside a line.
    """
    documents = [text.strip() for text in path.read_text(encoding="utf-8").split(f"\n{END_OF_TEXT}\n")]
    for number, text in enumerate(documents):
        if END_OF_TEXT in text:
            raise ValueError(
                f"read_documents: {path} must have {END_OF_TEXT} only on lines of its own, got it inside document "
                f"{number}. Separate documents by a line that holds nothing else."
            )
    return [text for text in documents if text]


def write_documents(path: Path, documents: Iterable[str]) -> None:
    """Writes the documents so that read_documents gives them back."""
    with path.open("w", encoding="utf-8") as file:
        for text in documents:
            file.write(f"{text}\n{END_OF_TEXT}\n")
