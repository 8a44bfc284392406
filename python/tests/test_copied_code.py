"""Runs the Python code that pictures copy, and holds its arrays beside our own recording.

    PYTHONPATH=python python -m unittest discover -s python/tests

A maintainer runs this (requirements.txt). Loading a model takes seconds, so blocks 0 and 11 stand for all.
"""

import contextlib
import io
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
from safetensors import safe_open

ROOT = Path(__file__).resolve().parents[2]
NANO = "static/models/gpt2-nano"
IDS = "2215,5335,290,1757,1816,290"
PROMPT = "When Mary and John went and"  # the same tokens; one of them twice
OTHER = "When John and Tom went and"  # as many
GRIDS = {
    "grid resid_pre": ("resid_pre",),
    "grid z": ("z",),
    "grid pattern": ("pattern",),
    "grid z of block 3": ("z", "--layer", "3"),
}
PATCHES = {
    "patch:resid_pre.5@3": ("resid_pre", 5, 3),
    "add=1*difference(3):resid_pre.5@3": ("resid_pre", 5, 3),  # the whole difference is the patch
    "patch:z.3.2": ("z", 3, 2),
}
BLOCKS = ("blocks.0.", "blocks.11.")
RELATIVE, ABSOLUTE = 1e-4, 1e-4


class TestCopiedCode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path = Path(tempfile.mkdtemp()) / "own.lens"
        common = ["--model", NANO, "--tokens", IDS]
        record = ["npm", "run", "-s", "record", "--", *common, "--out", str(path), "--keep", "all"]
        subprocess.run(record, check=True, cwd=ROOT, capture_output=True)
        print_codes = ["node", "scripts/run-ts.mjs", "scripts/python-code.ts", *common]
        cls.codes = json.loads(subprocess.run(print_codes, check=True, cwd=ROOT, capture_output=True).stdout)
        cls.own = np.load(path)
        cls.scores = cls.explained("heads", "--on", "prompt")["scores"]
        difference = ("--token", " John", "--minus", " Mary", "--position", "3")
        cls.parts = {part["part"]: part["value"] for part in cls.explained("attribution", *difference)["parts"]}

    known: dict = {}

    @staticmethod
    def printed(script: str, *command: str) -> dict:
        arguments = ["--model", NANO, *command, "--prompt", PROMPT, "--json"]
        answer = subprocess.run(["npm", "run", "-s", script, "--", *arguments], check=True, cwd=ROOT, capture_output=True)
        return json.loads(answer.stdout)

    @classmethod
    def explained(cls, *command: str) -> dict:
        return cls.printed("explain", *command)

    def made_by(self, library: str, name: str):
        made: dict = {}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(self.codes[library][name], made)  # the code under test
        return made["array"]

    def expect_close(self, found, expected):
        np.testing.assert_allclose(np.asarray(found), expected, rtol=RELATIVE, atol=ABSOLUTE)

    def expect_arrays(self, library: str):
        checked = 0
        for name in self.codes[library]:
            if name.startswith("blocks.") and not name.startswith(BLOCKS):
                continue
            full, _, head = name.partition("/")
            if full not in self.own.files:  # worked out: below
                continue
            expected = self.own[full]
            if head:
                square = full.endswith(("hook_pattern", "hook_attn_scores"))
                expected = expected[int(head)] if square else expected[:, int(head)]
            with self.subTest(name):
                self.expect_close(self.made_by(library, name).detach(), expected)
            checked += 1
        self.assertGreater(checked, 45)

    def setUp(self):
        self.before = Path.cwd()
        os.chdir(ROOT)

    def tearDown(self):
        os.chdir(self.before)

    def test_transformers(self):
        self.expect_arrays("transformers")

    def test_transformer_lens(self):
        self.expect_arrays("transformer_lens")

    def test_what_pictures_work_out(self):
        for library in ("transformers", "transformer_lens"):
            with self.subTest(library):
                lens = np.take_along_axis(np.asarray(self.made_by(library, "lens")), self.own["lens.top_ids"], -1)
                self.expect_close(lens, self.own["lens.top_probabilities"])
                scores = self.made_by(library, "scores")
                self.assertEqual(set(scores), set(self.scores))
                for name, expected in self.scores.items():
                    self.expect_close(scores[name], expected)

    def test_flow(self):
        row, seen = 3, 4
        own, shares, heads = (self.own[f"flow.{name}"][row] for name in ("own", "shares", "heads"))
        expected = {"own": own, "shares": shares[:, :seen], "heads": heads[:, :seen]}
        for library in ("transformers", "transformer_lens"):
            with self.subTest(library):
                for name, array in self.made_by(library, "flow").items():
                    self.expect_close(array, expected[name])

    def test_next_token(self):
        settings = ("--sample", "--temperature", "0.8", "--top-k", "40", "--top-p", "0.9", "--max-new-tokens", "1")
        step = self.printed("generate", *settings, "--top", "40")["steps"][0]
        own = {entry["id"]: entry["probability"] for entry in step["processors"][-1]["top"] if entry["probability"] > 0}
        for library in ("transformers", "transformer_lens"):
            with self.subTest(library):
                made = self.made_by(library, "next_token")
                self.assertEqual(set(np.flatnonzero(made)), set(own))
                for id, probability in own.items():
                    self.expect_close(made[id], probability)

    def test_edits(self):
        checked = 0
        for library in ("transformers", "transformer_lens"):
            for text in self.codes[library]:
                if ":" not in text or "patch" in text or "difference" in text:
                    continue
                with self.subTest(library=library, edits=text):
                    own = self.edited(text)
                    made = self.made_by(library, text)[-1]
                    self.expect_close(made[list(own)], list(own.values()))
                    checked += 1
        self.assertGreater(checked, 30)

    @classmethod
    def edited(cls, text: str) -> dict[int, float]:
        """Our ten best logits with edits."""
        if text not in cls.known:
            edits = [part for edit in text.split(";") for part in ("--edit", edit)]
            after = cls.explained("ablate", *edits, "--token", " John")["after"]
            cls.known[text] = {entry["id"]: entry["logit"] for entry in after["top"]}
        return cls.known[text]

    def test_grids(self):
        for name, flags in GRIDS.items():
            with self.subTest(name):
                self.expect_share(self.made_by("transformer_lens", name), self.patched(*flags)["grid"])

    def test_patches(self):
        """One place of a grid by the code of an edit."""
        for text, (what, row, column) in PATCHES.items():
            with self.subTest(text):
                own = self.patched(what)
                logits = self.made_by("transformer_lens", text)[-1]
                value = logits[1757] - logits[5335]  # " John" less " Mary"
                share = (value - own["corrupt"]) / (own["clean"] - own["corrupt"])
                self.expect_share(share, own["grid"][row][column])

    @classmethod
    def patched(cls, what: str, *flags: str) -> dict:
        prompts = ("--clean", OTHER, "--corrupt", PROMPT, "--token", " John", "--minus", " Mary")
        return cls.explained("patch", *prompts, "--what", what, *flags)

    @staticmethod
    def expect_share(found, expected):
        np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-3)  # a difference over a small one

    def test_saliency(self):
        for method in ("input_x_gradient", "integrated_gradients"):
            steps = ("--steps", "8") if method == "integrated_gradients" else ()
            common = ("--token", " John", "--minus", " Mary", "--position", "3", "--method", method)
            with self.subTest(method):
                self.expect_close(self.made_by("transformers", method), self.explained("saliency", *common, *steps)["values"])

    def test_weights(self):
        with safe_open(Path(NANO) / "model.safetensors", "np") as file:
            name = next(each for each in file.keys() if each.endswith("h.1.attn.c_attn.weight"))
            self.expect_close(self.made_by("transformers", "parameter"), file.get_tensor(name))

    def test_what_heads_and_mlps_add(self):
        made = self.made_by("transformers", "attribution")
        for layer, heads in enumerate(made["heads"]):
            for head, value in enumerate(heads):
                self.expect_close(value, self.parts[f"{layer}.{head}"])
        own = [value for name, value in self.parts.items() if name.startswith("mlp")]
        self.expect_close(made["mlp_out"], own)


if __name__ == "__main__":
    unittest.main()
