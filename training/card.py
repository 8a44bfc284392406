"""Writes the model card from the run's own figures:

python -m training.card --run training-runs/run --data training-runs/data --results training-runs/results.json --model training-runs/gpt2-nano
"""

import argparse
import json
from pathlib import Path
from typing import NamedTuple

from .batches import REPEATS
from .convert import FACTS
from .errors import run_command
from .prepare import MANIFEST
from .train import LOG

SUMMARY = "A small GPT-2 trained for GPT-2 Lens. It writes simple stories, and knows little else."
SOURCE_NAMES = {
    "tinystories": "slices of TinyStories, stories written by GPT-3.5 and GPT-4 (CDLA-Sharing-1.0)",
    "books": "public-domain children's books, and story books under CC-BY",
    "facts": "WordNet, the CIA World Factbook and other simple factual sentences",
    "synthetic": "a synthetic curriculum, made for it: names and gifts, copying, capitals, sequences, brackets, sums",
}
ROWS_OF_UNSEEN = {
    "repeats": "They were trained on repeated random tokens alone: the model has read no text with them.",
    "filled": "Their rows of wte are the mean of the rarest rows plus noise: the model knows nothing of them.",
}
WEAK = 0.5  # share of prompts right under which a behaviour is called weak
STRONG_HEAD = 0.5  # attention from which a head is called one of its kind
MILLION = 1e6
SECONDS_AN_HOUR = 3_600
MINUTES_AN_HOUR = 60
TEN_MINUTES = 600  # seconds


class Words(NamedTuple):
    """What a person says of a model; all else in the card comes from files."""

    summary: str
    version: str = ""
    began_with: str = ""
    mean_with: str = "another model"


def read_json(path: Path) -> dict:
    """Throws: FileNotFoundError that says which command writes the file."""
    if not path.exists():
        raise FileNotFoundError(f"card: {path} is missing. Run training.prepare, .train, .convert and .evaluate first.")
    return json.loads(path.read_text(encoding="utf-8"))


def training_time(log: Path) -> dict:
    """Devices and hours of all sittings of a run, from the log's lines.

    A sitting's hours are its tokens over its last stated speed.
    """
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    devices, hours, first = [], 0.0, 0
    last = None
    for line in [*lines, {"device": None, "from_step": 0}]:
        if "device" in line:
            if last:
                steps = last["step"] - first
                hours += last["tokens"] / last["step"] * steps / last["tokens_a_second"] / SECONDS_AN_HOUR
            last, first = None, line["from_step"]
            devices += [line["device"]] if line["device"] else []
        elif "tokens_a_second" in line:
            last = line
    return {"devices": sorted(set(devices)), "hours": hours}


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table whose columns but the first are numbers."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])


def share(value: float) -> str:
    return f"{value:.2f}"


def shape_section(facts: dict) -> str:
    config = facts["config"]
    width, heads = config["n_embd"], config["n_head"]
    rows = [
        ["Layers, heads", f"n_layer {config['n_layer']}, n_head {heads}"],
        ["Width", f"n_embd {width} (d_head {width // heads})"],
        ["Longest prompt", f"n_ctx {config['n_ctx']} tokens"],
        ["Vocabulary", "GPT-2's own 50,257 tokens; wte is also the output"],
        ["Parameters", f"{facts['parameters'] / MILLION:.1f} million ({facts['parameters']:,})"],
        ["Weights", f"F16, {2 * facts['parameters'] / MILLION:.1f} MB (`model.safetensors`)"],
        ["Hash of every file", "[models.json](../models.json)"],
    ]
    return "## Shape and size\n\n| | |\n|---|---|\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)


def share_of_rows(config: dict, source: str) -> float:
    """Of all tokens drawn, how many came from a source.  Units: a fraction."""
    begin, total = 0.0, 0.0
    for phase in config["phases"]:
        total += (phase["until"] - begin) * phase["shares"].get(source, 0) / sum(phase["shares"].values())
        begin = phase["until"]
    return total


def duration(hours: float) -> str:
    """In hours from one on, in minutes from ten on, else in seconds."""
    seconds = hours * SECONDS_AN_HOUR
    if hours >= 1:
        return f"{hours:.1f} hours"
    return f"{seconds:.0f} seconds" if seconds < TEN_MINUTES else f"{hours * MINUTES_AN_HOUR:.0f} minutes"


def data_section(facts: dict, manifest: dict, time: dict, words: Words) -> str:
    config = facts["config"]
    used = sorted({name for phase in config["phases"] for name in phase["shares"]} & set(manifest))
    total = sum(manifest[name]["train"]["tokens"] for name in used)
    lines = [
        f"- {SOURCE_NAMES.get(name, name)}: {manifest[name]['train']['tokens'] / MILLION:.1f} million tokens"
        for name in used
    ]
    repeated = share_of_rows(config, REPEATS) * facts["tokens"] / MILLION
    if repeated:
        lines.append(
            f"- random tokens said again and again, made while it trained, to teach copying: {repeated:.1f} million drawn"
        )
    lengths = sorted({context for phase in config["phases"] for context in phase["contexts"]})
    contexts = ", ".join(map(str, lengths))
    hours = duration(time["hours"])
    before = f" The run began with {words.began_with}." if words.began_with else ""
    shipped = f"Shipped are the {facts['weights']} weights. "
    if config.get("mean_with"):
        own = 1 - config["mean_share"]
        others = "those it began with" if config["mean_with"] == config["start_from"] else f"those of {words.mean_with}"
        shipped = (
            f"Shipped is the mean of the run's {facts['weights']} weights ({own:.0%}) and {others} ({1 - own:.0%}). "
        )
    drawer = "the last run" if words.began_with else "training"
    return f"""## Data and training

{total / MILLION:.1f} million tokens of text, from which {drawer} drew {facts["tokens"] / MILLION:.1f} million tokens, some of them more than once:

{chr(10).join(lines)}

The attributions of the CC-BY story books are in [ATTRIBUTION-CC-BY.tsv](ATTRIBUTION-CC-BY.tsv) beside this card. The
corpus itself is not in this repository; how it was prepared and how to train again: [training/](../../../training).

{facts["steps"]:,} steps of {config["batch_tokens"]:,} tokens in {hours} on {" and ".join(time["devices"])}; contexts of
{contexts} tokens; seed {config["seed"]}.{before} {shipped}{facts["tokens_in_no_text"]:,} of the
50,257 tokens occur in no training text. {ROWS_OF_UNSEEN[facts["their_rows"]]}"""


def scores_section(results: dict) -> str:
    contexts = list(next(iter(results["validation"].values())))
    losses = [
        [name, *("-" if row[context] is None else f"{row[context]:.2f}" for context in contexts)]
        for name, row in results["validation"].items()
    ]
    names = [name for name in results["behaviours"] if "/" not in name and name != "all"]
    kinds = ("expected_top1", "expected_top5", "accepted_top1", "accepted_top5")
    rows = [
        [name.replace("_", " "), *(share(results["behaviours"][name][kind]) for kind in kinds)]
        for name in [*sorted(names, key=lambda name: -results["behaviours"][name]["accepted_top1"]), "all"]
    ]
    return f"""## Held-out scores

Validation loss, in nats a token, over the whole vocabulary, by tokens of context:

{table(["source", *contexts], losses)}

Next-token prompts, none of them in the training text: {results["behaviours"]["all"]["prompts"]:,} with an answer of one
token. Share of prompts whose named answer, or any answer that counts as right, is the likeliest token or among the five
likeliest:

{table(["behaviour", "named, top 1", "top 5", "any right, top 1", "top 5"], rows)}"""


def heads_section(results: dict) -> str:
    scores = results["heads"]["of_seen_tokens"]
    parts = []
    for kind, what in (("previous_token", "Previous-token heads"), ("induction", "Induction heads")):
        named = ", ".join(f"{head['head']} ({share(head['score'])})" for head in scores[kind])
        found = scores[kind][0]["score"] >= STRONG_HEAD
        parts.append(f"- {what}: {'' if found else 'none to speak of; the best are '}{named}.")
    return f"""## Heads

Mean attention on random tokens repeated once (layer.head, both from 0):

{chr(10).join(parts)}
- Loss {scores["loss_first_copy"]:.2f} nats a token in the first copy, {scores["loss_second_copy"]:.2f} in the second."""


def originality_section(results: dict) -> str:
    found = results["originality"]
    return f"""## Originality

{found["samples"]} samples of {found["tokens_each"]} tokens (temperature 0.8, top-k 40) from short prompts, three in four of
them the first tokens of a training document. Longest run of tokens, outside quotation marks, that stands word for word in
the training text: {found["longest"]} tokens, in the middle sample {found["median"]:.0f}; {found["above_limit"]} samples above
{found["limit"]}. Samples with a word of the list of slurs and abuse: {found["listed_words"]}."""


def openings_section(results: dict) -> list[str]:
    """One section, or none where the two kinds of text were not there to tell apart."""
    found = results["gone_astray"]
    if not found:
        return []
    return [
        f"""## Beginnings

Of {found["samples"]} samples of {found["tokens_each"]} tokens from openings of stories ("The old man", "One morning"), {found["share"]:.1%} go on as
texts that are likelier from the curriculum than from the stories, told apart by pairs of tokens."""
    ]


def limits_section(results: dict) -> str:
    behaviours = results["behaviours"]
    weak = [
        f"{name.replace('_', ' ')} ({share(row['accepted_top1'])})"
        for name, row in behaviours.items()
        if "/" not in name and name != "all" and row["accepted_top1"] < WEAK
    ]
    lines = [
        f"- More often wrong than right on held-out prompts about: {', '.join(weak)}." if weak else "",
        "- It has read simple English stories; other languages, code and long texts are strange to it.",
        "- Old books in the data carry the attitudes of their time.",
        "- It is no measure of what GPT-2 knows.",
    ]
    story = results["stories"][0]
    text = (story["prompt"] + story["text"]).replace("\n", " ")
    return "## Limits\n\n" + "\n".join(filter(None, lines)) + f"\n\nA text it wrote (seeded, not chosen):\n\n> {text}"


def make_card(facts: dict, manifest: dict, time: dict, results: dict, words: Words) -> str:
    return (
        "\n\n".join(
            [
                f"---\nlicense: mit\nsummary: {words.summary}\n---",
                f"# gpt2-nano ({words.version})" if words.version else "# gpt2-nano",
                "A GPT-2 trained from scratch for GPT-2 Lens, small enough to ship with the page. The folder has Hugging Face's\n"
                "layout: `GPT2LMHeadModel.from_pretrained` reads it too. The computation is GPT-2's own in every step.",
                shape_section(facts),
                "## Licence\n\nWeights: MIT, as the rest of this project ([LICENSE](../../../LICENSE)). `vocab.json` and "
                "`merges.txt`: OpenAI's\nGPT-2, MIT.",
                data_section(facts, manifest, time, words),
                scores_section(results),
                heads_section(results),
                originality_section(results),
                *openings_section(results),
                limits_section(results),
            ]
        )
        + "\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes CARD.md into a model folder.")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True, help="what training.evaluate wrote")
    parser.add_argument("--model", type=Path, required=True, help="the folder that CARD.md goes to")
    parser.add_argument("--summary", default=SUMMARY, help="one plain sentence or two, shown where the model is chosen")
    parser.add_argument("--version", default="", help="stands behind the name, such as 'second version'")
    parser.add_argument("--began-with", default="", help="whose weights a run with start_from began with, in words")
    parser.add_argument(
        "--mean-with", default="another model", help="whose weights the run's are averaged with, in words"
    )
    args = parser.parse_args()
    card = make_card(
        read_json(args.run / FACTS),
        read_json(args.data / MANIFEST),
        training_time(args.run / LOG),
        read_json(args.results),
        Words(args.summary, args.version, args.began_with, args.mean_with),
    )
    (args.model / "CARD.md").write_text(card, encoding="utf-8")
    print(f"{args.model / 'CARD.md'} is written.")


if __name__ == "__main__":
    run_command(main)
