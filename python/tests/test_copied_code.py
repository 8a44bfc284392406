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

    @staticmethod
    def explained(*command: str) -> dict:
        arguments = ["--model", NANO, *command, "--prompt", PROMPT, "--json"]
        answer = subprocess.run(["npm", "run", "-s", "explain", "--", *arguments], check=True, cwd=ROOT, capture_output=True)
        return json.loads(answer.stdout)

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
