"""The memorisation and word list checks: 200 samples from short prompts, held against the training text."""

from random import Random

import numpy as np

from ..shipped import Shipped
from ..tokens import END_OF_TEXT_ID
from ..wordlist import LISTED_WORDS
from .memorisation import Corpus, outside_quotations
from .samples import STORY_PROMPTS, write

PROMPT_TOKENS = (3, 8)  # of the beginning of a training document
SAMPLE_TOKENS = 120
LIMIT = 40  # tokens; a longer run outside quotations is a sentence repeated
FROM_A_DOCUMENT = 0.75  # share of prompts that are the beginning of a training document: where memory would show
LISTED_RUNS = 5


def short_prompts(shipped: Shipped, corpora: dict[str, np.ndarray], count: int, seed: int) -> list[list[int]]:
    """Beginnings of training documents, and the prompts of the sample stories."""
    rng = Random(seed)
    prompts = []
    for _ in range(count):
        if corpora and rng.random() < FROM_A_DOCUMENT:
            ids = corpora[rng.choice(sorted(corpora))]
            ends = np.flatnonzero(ids[:-1] == END_OF_TEXT_ID)
            start = int(ends[rng.randrange(len(ends))]) + 1 if len(ends) else 0
            prompts.append([int(token) for token in ids[start : start + rng.randint(*PROMPT_TOKENS)]])
        else:
            prompts.append(shipped.tokenizer.encode(rng.choice(STORY_PROMPTS)).ids)
    return prompts


def longest_outside_quotations(corpus: Corpus, sample: list[int], pieces: list[str]) -> tuple[int, int]:
    """Length and start of the longest run that lies between quotations."""
    best = (0, 0)
    for start, end in outside_quotations(pieces):
        length, at = corpus.longest_run(np.array(sample[start:end]))
        best = max(best, (length, start + at), key=lambda run: run[0])
    return best


def originality(shipped: Shipped, corpora: dict[str, np.ndarray], count: int, seed: int) -> dict:
    """What `count` samples repeat of the corpora, and which listed words they hold.  Units: tokens."""
    prompts = short_prompts(shipped, corpora, count, seed)
    samples = write(shipped, prompts, SAMPLE_TOKENS, seed)
    whole = [ids + sample for ids, sample in zip(prompts, samples, strict=True)]  # a run may begin in the prompt
    corpus = Corpus(corpora.values(), [np.array(ids) for ids in whole])
    runs = []
    for ids in whole:
        pieces = [shipped.tokenizer.decode([token]) for token in ids]
        length, start = longest_outside_quotations(corpus, ids, pieces)
        text = shipped.tokenizer.decode(ids[start : start + length])
        runs.append({"tokens": length, "anywhere": corpus.longest_run(np.array(ids))[0], "text": text})
    runs.sort(key=lambda run: -run["tokens"])
    lengths = np.array([run["tokens"] for run in runs])
    texts = [shipped.tokenizer.decode(ids) for ids in samples]
    return {
        "samples": count,
        "tokens_each": SAMPLE_TOKENS,
        "longest": int(lengths.max()),
        "median": float(np.median(lengths)),
        "longest_with_quotations": max(run["anywhere"] for run in runs),
        "above_limit": int((lengths > LIMIT).sum()),
        "limit": LIMIT,
        "longest_runs": runs[:LISTED_RUNS],
        "listed_words": sum(bool(LISTED_WORDS.search(text)) for text in texts),
    }
