"""Holds recordings made by TransformerLens and by Hugging Face beside our own of the same prompt.

    npm run -s record -- --model static/models/gpt2-nano --prompt "..." --out own.lens    # done by the test itself
    PYTHONPATH=python python -m unittest discover -s python/tests

A maintainer runs this (requirements.txt).
"""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import torch
from gpt2_lens import record_run, record_transformer_lens, record_transformers
from transformer_lens.model_bridge import TransformerBridge
from transformers import AutoTokenizer, GPT2LMHeadModel

ROOT = Path(__file__).resolve().parents[2]
NANO = ROOT / "static/models/gpt2-nano"
PROMPT = "When Mary and John went to the 🦊 store,<|endoftext|> John"
# As src/lib/check/tolerance.ts: on activations, relative and absolute.
RELATIVE, ABSOLUTE = 1e-4, 1e-4


def load_model():
    return GPT2LMHeadModel.from_pretrained(NANO, dtype=torch.float32, attn_implementation="eager").eval()


class TestRecord(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.own = cls.folder / "own.lens"
        command = ["npm", "run", "-s", "record", "--", "--model", str(NANO), "--prompt", PROMPT, "--out", str(cls.own)]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
        cls.tokenizer = AutoTokenizer.from_pretrained(NANO)
        cls.ids = cls.tokenizer(PROMPT)["input_ids"]

    def expect_equal(self, path: Path, but: tuple[str, ...] = ()):
        own, other = np.load(self.own), np.load(path)
        texts = ("recording.json", "vocabulary.json")
        self.assertEqual(set(own.files) - set(but), set(other.files))
        for name in set(other.files) - set(texts):
            with self.subTest(name):
                self.assertEqual(own[name].shape, other[name].shape)
                self.assertEqual(own[name].dtype, other[name].dtype)
                np.testing.assert_allclose(other[name], own[name], rtol=RELATIVE, atol=ABSOLUTE)
        about_own, about_other = json.loads(own[texts[0]]), json.loads(other[texts[0]])
        for field in ("format", "version", "tokens", "dtype", "naming"):
            self.assertEqual(about_own[field], about_other[field])
        self.assertEqual(about_own["model"]["sha256"], about_other["model"]["sha256"])
        self.assertEqual(about_own["model"]["name"], about_other["model"]["name"])
        self.assertEqual(json.loads(own[texts[1]]), json.loads(other[texts[1]]))

    def test_transformers(self):
        path = self.folder / "hf.lens"
        record_transformers(path, NANO, load_model(), self.ids)
        self.expect_equal(path)

    def test_transformer_lens(self):
        bridge = TransformerBridge.boot_transformers(
            str(NANO), hf_model=load_model(), tokenizer=self.tokenizer, dtype=torch.float32, device="cpu"
        )
        bridge.enable_compatibility_mode(no_processing=True, disable_warnings=True)
        with torch.no_grad():
            logits, cache = bridge.run_with_cache(torch.tensor([self.ids]))
        path = self.folder / "tl.lens"
        record_transformer_lens(path, NANO, cache, logits, self.ids)
        self.expect_equal(path)

    def test_float16_is_half_as_long_and_close(self):
        whole, half = self.folder / "f32.lens", self.folder / "f16.lens"
        record_transformers(whole, NANO, load_model(), self.ids)
        record_transformers(half, NANO, load_model(), self.ids, dtype="F16")
        name = "blocks.3.attn.hook_attn_scores"
        self.assertEqual(np.load(half)[name].dtype, np.float16)
        np.testing.assert_allclose(np.load(half)[name], np.load(whole)[name], rtol=2**-11, atol=2**-25)
        self.assertLess(half.stat().st_size, whole.stat().st_size)

    def test_wrong_shapes_and_names_are_refused(self):
        with self.assertRaisesRegex(ValueError, r"hook_embed must be \[13, .*Take off the batch axis"):
            record_run(self.folder / "x.lens", NANO, [0] * 13, {"hook_embed": np.zeros((1, 13, 384))})
        with self.assertRaisesRegex(ValueError, 'got "hook_tokens"'):
            record_run(self.folder / "x.lens", NANO, [0], {"hook_tokens": np.zeros(1)})


if __name__ == "__main__":
    unittest.main()
