"""The arrays of a run as pictures take them, and what a notebook shows of them.

    PYTHONPATH=python python -m unittest discover -s python/tests

A maintainer runs this (requirements.txt).
"""

import os
import unittest
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import gpt2_lens as lens
import numpy as np
import torch
from gpt2_lens.arrays import attention_arrays
from transformer_lens.model_bridge import TransformerBridge

NANO = str(Path(__file__).resolve().parents[2] / "static/models/gpt2-nano")
NAME = "blocks.0.attn.hook_pattern"


class TestAttentionArrays(unittest.TestCase):
    def test_takes_one_prompt_as_float32_and_leaves_what_the_picture_does_not_draw(self):
        cache = {NAME: np.ones((1, 2, 3, 3)), "blocks.0.attn.hook_result": np.ones((1, 3, 2, 4)), "logits": 1}
        found = attention_arrays(cache, 3)
        self.assertEqual(list(found), [NAME])
        self.assertEqual(found[NAME].shape, (2, 3, 3))
        self.assertEqual(found[NAME].dtype, np.float32)

    def test_takes_hugging_face_attentions_layer_by_layer(self):
        layers = tuple(torch.full((1, 2, 3, 3), layer, dtype=torch.bfloat16) for layer in range(2))
        self.assertEqual(attention_arrays(layers, 3)["blocks.1.attn.hook_pattern"][0, 0, 0], 1)

    def test_says_what_does_not_fit(self):
        with self.assertRaisesRegex(ValueError, "must be of one prompt, got 2"):
            attention_arrays({NAME: np.ones((2, 2, 3, 3))}, 3)
        with self.assertRaisesRegex(ValueError, r"must have 3 axes and 4 positions, got \[2, 3, 3\]"):
            attention_arrays({NAME: np.ones((1, 2, 3, 3))}, 4)
        with self.assertRaisesRegex(ValueError, "must hold a pattern"):
            attention_arrays({"other": 1}, 3)
        with self.assertRaisesRegex(TypeError, "must be an ActivationCache"):
            attention_arrays(3, 3)


class TestWidget(unittest.TestCase):
    def test_sends_a_cache_of_transformer_lens_as_it_is(self):
        model = TransformerBridge.boot_transformers(NANO, device="cpu", dtype=torch.float32)
        model.enable_compatibility_mode(no_processing=True, disable_warnings=True)
        with torch.no_grad():
            _, cache = model.run_with_cache(torch.tensor([[7454, 2402, 257]]))
        sent = lens.attention(cache, layer=3, head=1, group="one")
        self.assertEqual(sent.run["tokens"], ["0", "1", "2"])
        array = sent.run["arrays"]["blocks.3.attn.hook_pattern"]
        found = np.frombuffer(array["data"], np.float32).reshape(array["shape"])
        np.testing.assert_array_equal(found, cache["blocks.3.attn.hook_pattern"][0].numpy())
        self.assertEqual(sent.selection, {"layer": 3, "head": 1})
        self.assertEqual(sent.group, "one")

    def test_runs_a_prompt_and_opens_a_recording(self):
        made = lens.show("Once upon a time", model=NANO, view="residual")
        self.assertEqual(made.view, "residual")
        self.assertEqual(made.run["recording"][:2], b"PK")  # a zip
        self.assertEqual(lens.show(made.run["recording"]).run, made.run)
        with self.assertRaises(FileNotFoundError):
            lens.show("none.lens")


if __name__ == "__main__":
    unittest.main()
