"""What a run is made of: the model's shape, how long and on what it trains.  Read from a JSON file in configs/."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from .rows import Beginnings

VOCAB_SIZE = 50_257  # GPT-2's tokens
SHORTEST_CONTEXT = 2  # tokens
SOFTMAXES = ("sampled", "full")
SCHEDULES = ("cosine", "stable")
OPTIMISERS = ("adamw", "muon")
PRECISIONS = ("auto", "bfloat16", "float32")


@dataclass(frozen=True)
class Phase:
    """A part of the run, with its own length of context, softmax and shares."""

    until: float  # fraction of all tokens at which it ends; the last one ends at 1
    contexts: list[int]  # tokens a row; several take turns, step by step
    softmax: str  # "sampled" (cheap) or "full"
    shares: dict[str, float]  # source -> how often a row comes from it; scaled to sum to 1

    def context_at(self, step: int) -> int:
        """The length of the rows of a step of the run."""
        return self.contexts[step % len(self.contexts)]


@dataclass(frozen=True)
class Config:
    n_layer: int
    n_head: int
    n_embd: int
    n_ctx: int
    tokens: int  # targets of the whole run
    batch_tokens: int  # targets of one optimiser step
    phases: list[Phase]
    seed: int = 0
    micro_tokens: int = 65_536  # targets of one forward pass; a larger batch is summed up from several
    head_rows: int = 8_192  # positions whose logits are in memory at once
    negatives: int = 4_096  # tokens drawn for a sampled softmax
    start_from: str = ""  # a model folder whose weights the run starts with; "": random ones
    mean_with: str = ""  # a model folder; what ships is the mean of its weights and the run's
    mean_share: float = 0.0  # of the folder's weights in that mean
    optimiser: str = "adamw"  # or "muon", for the matrices of the blocks
    learning_rate: float = 2e-3
    final_learning_rate: float = 0.05  # fraction of learning_rate at the end
    schedule: str = "cosine"  # or "stable": constant, then straight down
    warmup: float = 0.01  # fraction of all tokens
    decay_from: float = 0.8  # fraction of all tokens at which "stable" starts to fall
    weight_decay: float = 0.1  # on matrices, not on wte, wpe, biases and LayerNorm
    betas: tuple[float, float] = (0.9, 0.95)
    clip: float = 1.0  # norm of all gradients together
    dropout: float = 0.0
    average_decay: float = 0.999  # of the exponential moving average of the weights; 0: no average
    document_start: float = 0.5  # share of rows that begin where a document begins
    sentence_start: float = 0.0  # share that begin where a sentence begins; the others begin anywhere
    own_sentence_start: float = 0.0  # of the curriculum's rows; the others begin where one of its documents does
    precision: str = "auto"
    compile: bool = True  # torch.compile, on CUDA only
    validate_every: int = 500  # optimiser steps
    save_every: int = 500
    extra: dict = field(default_factory=dict)  # notes for the card

    @property
    def steps(self) -> int:
        return self.tokens // self.batch_tokens

    @property
    def beginnings(self) -> Beginnings:
        """Of the rows of all sources but the curriculum."""
        return Beginnings(self.document_start, self.sentence_start)

    @property
    def own_beginnings(self) -> Beginnings:
        """Of the curriculum's rows."""
        return Beginnings(1 - self.own_sentence_start, self.own_sentence_start)

    def phase_at(self, progress: float) -> Phase:
        """The phase at a fraction of the run, 0 to 1."""
        return next((phase for phase in self.phases if progress < phase.until), self.phases[-1])

    def as_dict(self) -> dict:
        return asdict(self)


def load_config(path: Path, changes: list[str]) -> Config:
    """Reads a config, with "key=value" changes (values as JSON, or plain text).

    Throws: ValueError for a key that Config does not have or a value that cannot be; FileNotFoundError.
    """
    return changed_config(json.loads(path.read_text(encoding="utf-8")), changes)


def changed_config(values: dict, changes: list[str]) -> Config:
    """A Config from plain values and "key=value" changes of them.  Throws: ValueError as load_config."""
    values = dict(values)
    for change in changes:
        key, equals, value = change.partition("=")
        if not equals:
            raise ValueError(f"load_config: a change must be key=value, got {change!r}. Write for example seed=1.")
        values[key] = parse_value(value)
    return make_config(values)


def parse_value(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def make_config(values: dict) -> Config:
    """A Config from plain values, as JSON has them.  Throws: ValueError as load_config."""
    known = {item.name for item in fields(Config)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"make_config: keys must be among {sorted(known)}, got {unknown}. Correct the config.")
    phases = [phase if isinstance(phase, Phase) else Phase(**phase) for phase in values["phases"]]
    config = Config(**{**values, "phases": phases, "betas": tuple(values.get("betas", Config.betas))})
    check(config)
    return config


def check(config: Config) -> None:
    """Throws: ValueError that names the first value that cannot be."""
    contexts = [context for phase in config.phases for context in phase.contexts]
    starts = [config.document_start, config.sentence_start, config.own_sentence_start]
    rules = [
        (all(phase.contexts for phase in config.phases), "each phase must have contexts"),
        (config.n_embd % config.n_head == 0, f"n_embd must be a multiple of n_head, got {config.n_embd}"),
        (config.phases[-1:] and config.phases[-1].until == 1, "the last phase must end at 1"),
        ([p.until for p in config.phases] == sorted(p.until for p in config.phases), "phases must be in order"),
        (all(SHORTEST_CONTEXT <= c <= config.n_ctx for c in contexts), f"contexts must be 2 to n_ctx, got {contexts}"),
        (all(config.micro_tokens % c == 0 for c in contexts), "micro_tokens must be a multiple of each context"),
        (config.batch_tokens % config.micro_tokens == 0, "batch_tokens must be a multiple of micro_tokens"),
        (config.steps >= 1, f"tokens must be at least batch_tokens, got {config.tokens}"),
        (all(p.softmax in SOFTMAXES for p in config.phases), f"a phase's softmax must be one of {SOFTMAXES}"),
        (config.schedule in SCHEDULES, f"schedule must be one of {SCHEDULES}, got {config.schedule}"),
        (config.optimiser in OPTIMISERS, f"optimiser must be one of {OPTIMISERS}, got {config.optimiser}"),
        (config.precision in PRECISIONS, f"precision must be one of {PRECISIONS}, got {config.precision}"),
        (0 <= config.mean_share < 1, f"mean_share must be at least 0 and below 1, got {config.mean_share}"),
        (bool(config.mean_with) == bool(config.mean_share), "mean_with and mean_share need each other"),
        (0 <= config.dropout < 1, f"dropout must be at least 0 and below 1, got {config.dropout}"),
        (
            min(starts) >= 0 and config.document_start + config.sentence_start <= 1 and config.own_sentence_start <= 1,
            f"document_start, sentence_start and own_sentence_start must be shares, got {starts}",
        ),
        (0 <= config.average_decay < 1, f"average_decay must be at least 0, below 1, got {config.average_decay}"),
        (all(sum(p.shares.values()) > 0 for p in config.phases), "a phase's shares must not all be 0"),
    ]
    for holds, message in rules:
        if not holds:
            raise ValueError(f"config: {message}. Correct the config or the --set.")
