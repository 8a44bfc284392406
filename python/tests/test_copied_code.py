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

ROOT = Path(__file__).resolve().parents[2]
NANO = "static/models/gpt2-nano"
IDS = "2215,5335,290,1757,1816"
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

    def expect_arrays(self, library: str):
        checked = 0
        for name, code in self.codes[library].items():
            if name.startswith("blocks.") and not name.startswith(BLOCKS):
                continue
            full, _, head = name.partition("/")
            expected = self.own[full]
            if head:
                square = full.endswith(("hook_pattern", "hook_attn_scores"))
                expected = expected[int(head)] if square else expected[:, int(head)]
            with self.subTest(name), contextlib.redirect_stdout(io.StringIO()):
                made: dict = {}
                exec(code, made)  # the code under test
                np.testing.assert_allclose(made["array"].detach().numpy(), expected, rtol=RELATIVE, atol=ABSOLUTE)
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


if __name__ == "__main__":
    unittest.main()
