import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configFields, printConfig } from '../../../src/lib/gpt2/print/config.ts';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const nano = read('static/models/gpt2-nano/config.json');

/** print(GPT2Config.from_pretrained('static/models/gpt2-nano')), transformers 4.31. */
const NANO_PRINTED = `GPT2Config {
  "activation_function": "gelu_new",
  "architectures": [
    "GPT2LMHeadModel"
  ],
  "attn_pdrop": 0.0,
  "bos_token_id": 50256,
  "embd_pdrop": 0.0,
  "eos_token_id": 50256,
  "initializer_range": 0.02,
  "layer_norm_epsilon": 1e-05,
  "model_type": "gpt2",
  "n_ctx": 512,
  "n_embd": 192,
  "n_head": 12,
  "n_inner": null,
  "n_layer": 12,
  "n_positions": 512,
  "reorder_and_upcast_attn": false,
  "resid_pdrop": 0.0,
  "scale_attn_by_inverse_layer_idx": false,
  "scale_attn_weights": true,
  "summary_activation": null,
  "summary_first_dropout": 0.1,
  "summary_proj_to_labels": true,
  "summary_type": "cls_index",
  "summary_use_proj": true,
  "torch_dtype": "float16",
  "transformers_version": "4.31.0",
  "use_cache": true,
  "vocab_size": 50257
}`;

/** config.json of openai-community/gpt2, in which most is left to the library's defaults. */
const SMALL = {
  activation_function: 'gelu_new',
  architectures: ['GPT2LMHeadModel'],
  attn_pdrop: 0.1,
  bos_token_id: 50256,
  embd_pdrop: 0.1,
  eos_token_id: 50256,
  initializer_range: 0.02,
  layer_norm_epsilon: 1e-5,
  model_type: 'gpt2',
  n_ctx: 1024,
  n_embd: 768,
  n_head: 12,
  n_layer: 12,
  n_positions: 1024,
  resid_pdrop: 0.1,
  summary_activation: null,
  summary_first_dropout: 0.1,
  summary_proj_to_labels: true,
  summary_type: 'cls_index',
  summary_use_proj: true,
  task_specific_params: { 'text-generation': { do_sample: true, max_length: 50 } },
  vocab_size: 50257
};

describe('printConfig(file)', () => {
  it('prints the embedded model as transformers does', () => {
    expect(printConfig({ ...nano, transformers_version: '4.31.0' })).toBe(NANO_PRINTED);
  });

  it('prints GPT-2 small as the source notebook does', () => {
    const seeds = read('tests/fixtures/lesson/seeds.json') as Record<string, string[]>;
    const printed = seeds['002_0e42204e843ad37a.txt'].find((passage) => passage.startsWith('GPT2Config'));
    expect(printConfig({ ...SMALL, _name_or_path: 'gpt2', transformers_version: '4.31.0' })).toBe(printed);
  });
});

describe('configFields(file)', () => {
  it("fills in Hugging Face's defaults, and leaves out what every model has", () => {
    const fields = configFields({ model_type: 'gpt2', tie_word_embeddings: true });
    expect(fields.get('n_inner')).toBe('"n_inner": null');
    expect(fields.get('layer_norm_epsilon')).toBe('"layer_norm_epsilon": 1e-05');
    expect(fields.has('tie_word_embeddings')).toBe(false);
    expect(configFields({ tie_word_embeddings: false }).get('tie_word_embeddings')).toBe(
      '"tie_word_embeddings": false'
    );
  });
});
