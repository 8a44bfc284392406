"""The pictures as a widget for Jupyter, Colab, VS Code and marimo."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import anywidget
import traitlets

from .arrays import attention_arrays, count_tokens

SCRIPT = Path(__file__).parent / "static" / "widget.js"
VIEWS = ("attention", "logit-lens", "next-token", "residual", "flow")
SELECTED = ("layer", "head", "position", "key")
DEFAULT_MODEL = "openai-community/gpt2"
FOLDER_FILES = ("config.json", "model.safetensors", "vocab.json", "merges.txt", "tokenizer*.json")


class LensWidget(anywidget.AnyWidget):
    """One picture of one run. `selection` is what is selected in it, and can be set; `error` is why it is not drawn."""

    _esm = SCRIPT
    view = traitlets.Enum(VIEWS, default_value="attention").tag(sync=True)
    # {"recording": bytes}, or {"tokens": [...], "arrays": {name: {"shape": [...], "data": bytes of float32}}}
    run = traitlets.Dict().tag(sync=True)
    selection = traitlets.Dict().tag(sync=True)
    settings = traitlets.Unicode().tag(sync=True)
    theme = traitlets.Unicode().tag(sync=True)
    group = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)


def attention(cache, tokens: Sequence[str] | None = None, **options) -> LensWidget:
    """What each head reads: from a TransformerLens cache, a mapping by its names, or Hugging Face's `attentions`.

    tokens: the texts of the tokens that were run, in order; left out: their positions stand for them. options: `layer`,
    `head`, `position`, `key`, `settings` (as a link of the explorer has them), `theme`, `group`. Raises ValueError if an
    array does not fit the tokens.
    """
    texts = [str(position) for position in range(count_tokens(cache))] if tokens is None else list(tokens)
    arrays = attention_arrays(cache, len(texts))
    sent = {name: {"shape": list(array.shape), "data": array.tobytes()} for name, array in arrays.items()}
    return _widget("attention", {"tokens": texts, "arrays": sent}, options)


def show(what, view: str = "flow", *, model=DEFAULT_MODEL, **options) -> LensWidget:
    """A recorded run (path or bytes), or a prompt that a model runs now; for a prompt `gpt2-lens[record]` is needed.

    model: of a prompt, a folder in Hugging Face's layout or an id of its hub, which transformers fetches once. options: as
    for `attention`. Raises FileNotFoundError if there is no such recording.
    """
    if isinstance(what, (bytes, bytearray, memoryview)):
        recording = bytes(what)
    elif isinstance(what, Path) or (isinstance(what, str) and what.endswith(".lens")):
        recording = Path(what).read_bytes()
    else:
        recording = _recorded(what, model)
    return _widget(view, {"recording": recording}, options)


def _recorded(prompt: str, model: str | Path) -> bytes:
    # what only a prompt needs
    from transformers import AutoTokenizer, GPT2LMHeadModel

    from .record import record_transformers

    folder = _folder_of(model)
    ids = AutoTokenizer.from_pretrained(folder)(prompt)["input_ids"]
    if not ids:
        raise ValueError("show: the prompt must have a token, got none. Write some text.")
    loaded = GPT2LMHeadModel.from_pretrained(folder, attn_implementation="eager").float().eval()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "run.lens"
        record_transformers(path, folder, loaded, ids)
        return path.read_bytes()


def _folder_of(model: str | Path) -> Path:
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(str(model), allow_patterns=list(FOLDER_FILES)))


def _widget(view: str, run: dict, options: dict) -> LensWidget:
    selection = {name: options.pop(name) for name in SELECTED if name in options}
    return LensWidget(view=view, run=run, selection=selection, **options)
