"""Runs the Python of every lesson from top to bottom, as its saved notebook has it, on gpt2-nano in place of GPT-2: a copy in
float32, which GPT-2 is published in.

    python -m unittest discover -s python/tests -p test_lessons.py

A maintainer runs this (requirements.txt). It needs no network.
"""

import ast
import contextlib
import io
import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
import transformers
from transformers import GPT2LMHeadModel, GPT2TokenizerFast

ROOT = Path(__file__).resolve().parents[2]
NANO = "static/models/gpt2-nano"
GPT2 = re.compile(r'"gpt2(-medium|-large|-xl)?"')


def run(code: str, names: dict):
    """What a cell of a notebook shows: the value of its last line."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # the code under test
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)


class TestLessons(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        command = ["node", "scripts/run-ts.mjs", "scripts/lesson-python.ts"]
        cls.lessons = json.loads(subprocess.run(command, check=True, cwd=ROOT, capture_output=True).stdout)
        transformers.logging.set_verbosity_error()
        cls.model = tempfile.mkdtemp()
        GPT2LMHeadModel.from_pretrained(ROOT / NANO, dtype=torch.float32).save_pretrained(cls.model)
        GPT2TokenizerFast.from_pretrained(ROOT / NANO).save_pretrained(cls.model)

    def tearDown(self):
        torch.set_grad_enabled(True)

    def run_lesson(self, name: str) -> list:
        names: dict = {}
        shown = []
        for at, cell in enumerate(self.lessons[name]):
            with self.subTest(f"{name}, cell {at}"), contextlib.redirect_stdout(io.StringIO()):
                shown.append(run(GPT2.sub(f'"{self.model}"', cell), names))
        return shown

    def test_every_lesson(self):
        self.assertGreaterEqual(len(self.lessons), 6)
        for name in self.lessons:
            shown = self.run_lesson(name)
            self.assertEqual(len(shown), len(self.lessons[name]), name)

    def test_a_pass_by_hand_is_the_models_own(self):
        self.assertTrue(self.run_lesson("deep-dive")[-1])

    def test_a_batch_by_hand_is_the_models_own(self):
        cells = self.lessons["the-gpt-2-model"]
        apart = next(at for at, cell in enumerate(cells) if cell.startswith("last_hidden_state"))
        self.assertLess(self.run_lesson("the-gpt-2-model")[apart], 1e-4)

    def test_a_loop_by_hand_writes_what_generate_writes(self):
        cells = self.lessons["understanding-gpt2"]
        same = next(at for at, cell in enumerate(cells) if "torch.equal(outputs" in cell)
        self.assertTrue(self.run_lesson("understanding-gpt2")[same])


if __name__ == "__main__":
    unittest.main()
