"""Small things that several tests train and evaluate on."""

import itertools

import pytest
import torch
from training.config import make_config
from training.synthetic.curriculum import curriculum
from training.tokens import encode_documents, load_tokenizer, write_tokens

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tokenizer():
    return load_tokenizer()


@pytest.fixture(scope="session")
def documents():
    return [document.text for document in itertools.islice(curriculum(seed=7, scale=0.01), 60)]


@pytest.fixture(scope="session")
def data(tmp_path_factory, tokenizer, documents):
    """A prepared folder with one source, some thousand tokens."""
    folder = tmp_path_factory.mktemp("data")
    write_tokens(folder / "stories.train.bin", encode_documents(tokenizer, documents[:50]))
    write_tokens(folder / "stories.val.bin", encode_documents(tokenizer, documents[50:]))
    return folder


@pytest.fixture
def tiny():
    """A config that trains in a second: both kinds of softmax, dropout, two micro-batches a step."""
    return make_config(
        {
            "n_layer": 2,
            "n_head": 2,
            "n_embd": 16,
            "n_ctx": 32,
            "tokens": 1024,
            "batch_tokens": 128,
            "micro_tokens": 64,
            "head_rows": 48,
            "negatives": 64,
            "learning_rate": 0.01,
            "warmup": 0.25,
            "dropout": 0.1,
            "average_decay": 0.9,
            "precision": "float32",
            "validate_every": 4,
            "save_every": 1000,
            "phases": [
                {"until": 0.5, "contexts": [16], "softmax": "sampled", "shares": {"stories": 3, "repeats": 1}},
                {"until": 1, "contexts": [32], "softmax": "full", "shares": {"stories": 1}},
            ],
        }
    )
