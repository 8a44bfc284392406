import json
import subprocess
import sys

import pytest
from training.card import Words, duration, make_card, share_of_rows, table, training_time
from training.config import make_config


@pytest.fixture
def figures(tiny):
    facts = {
        "steps": 8,
        "tokens": 1024,
        "parameters": 15_086_400,
        "tokens_in_no_text": 17_331,
        "their_rows": "repeats",
        "weights": "average",
        "config": {**tiny.as_dict(), "n_embd": 192, "n_head": 12, "n_layer": 12, "n_ctx": 512},
    }
    manifest = {"stories": {"train": {"tokens": 4_200_000}}, "unused": {"train": {"tokens": 9_000_000}}}
    shares = {"expected_top1": 0.31, "expected_top5": 0.42, "accepted_top1": 0.33, "accepted_top5": 0.44}
    heads = [{"head": "5.3", "score": 0.91}, {"head": "6.1", "score": 0.2}]
    weak_heads = [{"head": "1.0", "score": 0.11}]
    results = {
        "validation": {"stories": {"128": 2.345, "512": None}},
        "behaviours": {
            "ioi": {"prompts": 80, **shares},
            "ioi/kind": {"prompts": 80, **shares},
            "all": {"prompts": 875, **shares},
        },
        "heads": {
            "of_seen_tokens": {
                "previous_token": heads,
                "induction": weak_heads,
                "loss_first_copy": 12.0,
                "loss_second_copy": 3.5,
            }
        },
        "stories": [{"prompt": "Once", "text": " there was\na fox."}],
        "originality": {
            "samples": 200,
            "tokens_each": 120,
            "longest": 31,
            "median": 11.0,
            "above_limit": 0,
            "limit": 40,
            "listed_words": 0,
        },
        "gone_astray": {"samples": 288, "tokens_each": 40, "share": 0.0139, "by_opening": {"The cat": 0.0139}},
    }
    return facts, manifest, {"devices": ["one GPU"], "hours": 0.5}, results


def test_the_card_states_the_figures(figures):
    card = make_card(*figures, Words("It writes stories."))
    assert card.startswith("---\nlicense: mit\nsummary: It writes stories.\n---\n")  # scripts/catalogue.ts reads these
    for part in (
        "n_embd 192 (d_head 16)",
        "15.1 million (15,086,400)",
        "F16, 30.2 MB",
        "4.2 million tokens of text",
        "in 30 minutes on one GPU",
        "17,331 of the\n50,257 tokens",
        "| stories | 2.35 | - |",
        "| ioi | 0.31 | 0.42 | 0.33 | 0.44 |",
        "Previous-token heads: 5.3 (0.91)",
        "Induction heads: none to speak of; the best are 1.0 (0.11)",
        "31 tokens, in the middle sample 11; 0 samples above\n40",
        "on held-out prompts about: ioi (0.33)",
        "> Once there was a fox.",
    ):
        assert part in card, part
    assert "unused" not in card and "9.0 million" not in card


def test_the_card_says_what_the_run_began_with(figures):
    card = make_card(*figures, Words("It writes.", "second version", "the first one's weights"))
    assert "\n# gpt2-nano (second version)\n" in card
    assert "The run began with the first one's weights." in card
    assert "from which the last run drew" in card
    assert "began with" not in make_card(*figures, Words("It writes."))


def test_the_card_says_which_weights_ship(figures):
    assert "Shipped are the average weights. 17,331 of" in make_card(*figures, Words("It writes."))
    figures[0]["config"] |= {"start_from": "first", "mean_with": "first", "mean_share": 0.4}
    mean = "Shipped is the mean of the run's average weights (60%) and those it began with (40%). 17,331 of"
    assert mean in make_card(*figures, Words("It writes."))
    figures[0]["config"]["mean_with"] = "second"
    assert "(60%) and those of a twin (40%)" in make_card(*figures, Words("It writes.", mean_with="a twin"))


def test_the_card_says_how_many_beginnings_go_astray(figures):
    assert (
        'Of 288 samples of 40 tokens from openings of stories ("The old man", "One morning"), 1.4% go on'
        in make_card(*figures, Words("It writes."))
    )
    figures[3]["gone_astray"] = None
    assert "Beginnings" not in make_card(*figures, Words("It writes."))


@pytest.mark.parametrize(
    ("hours", "words"), [(1.84, "1.8 hours"), (0.5, "30 minutes"), (0.025, "90 seconds"), (1 / 6, "10 minutes")]
)
def test_durations(hours, words):
    assert duration(hours) == words


def test_the_share_of_a_source_counts_each_phase_by_its_length():
    phases = [
        {"until": 0.25, "shares": {"stories": 1, "repeats": 3}},
        {"until": 0.5, "shares": {"stories": 2}},
        {"until": 1, "shares": {"stories": 9, "repeats": 1}},
    ]
    assert share_of_rows({"phases": phases}, "repeats") == pytest.approx(0.25 * 0.75 + 0.5 * 0.1)


def test_repeated_tokens_are_named_where_the_run_drew_them(figures):
    facts, *others = figures

    def card(shares):
        phases = [{"until": 1, "contexts": [16], "softmax": "full", "shares": shares}]
        drawn = {**facts, "tokens": 8_000_000, "config": {**facts["config"], "phases": phases}}
        return make_card(drawn, *others, Words("It writes."))

    assert "to teach copying: 2.0 million drawn" in card({"stories": 3, "repeats": 1})
    assert "said again and again" not in card({"stories": 3})


def test_each_context_is_named_once_and_in_order(figures):
    facts, *others = figures
    phase = {"until": 1, "softmax": "full", "shares": {"stories": 1}}
    phases = [{**phase, "contexts": [512, 64]}, {**phase, "contexts": [256, 64]}]
    card = make_card({**facts, "config": {**facts["config"], "phases": phases}}, *others, Words("It writes."))
    assert "contexts of\n64, 256, 512 tokens" in card


def test_a_table_by_hand():
    assert table(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | --: |\n| x | 1 |"


def test_the_hours_of_all_sittings_count(tmp_path):
    lines = [
        {"device": "one", "from_step": 0},
        {"step": 20, "tokens": 2000, "tokens_a_second": 10},
        {"step": 36, "tokens": 3600, "tokens_a_second": 1},
        {"step": 36, "validation": {}},
        {"device": "two", "from_step": 36},
        {"step": 72, "tokens": 7200, "tokens_a_second": 2},
    ]
    (tmp_path / "log.jsonl").write_text("\n".join(map(json.dumps, lines)))
    # 3600 tokens at 1 a second are one hour, 3600 at 2 half an hour
    assert training_time(tmp_path / "log.jsonl") == {"devices": ["one", "two"], "hours": 1.5}


def test_a_missing_file_is_named_in_one_line(tmp_path):
    command = [sys.executable, "-m", "training.card"]
    for name in ("run", "data", "results", "model"):
        command += [f"--{name}", str(tmp_path / name)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 2
    assert "conversion.json is missing" in result.stderr and result.stderr.count("\n") == 1


def test_the_facts_of_a_config_make_a_config_again(figures):
    assert make_config(figures[0]["config"]).n_embd == 192
