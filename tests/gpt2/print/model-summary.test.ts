import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { parseConfig } from '../../../src/lib/gpt2/model/config.ts';
import { printModel } from '../../../src/lib/gpt2/print/model-summary.ts';
import { sourceValues } from '../../../src/lib/lesson/checks/index.ts';
import { TINY_CONFIG } from '../tiny-model.ts';

const nano: unknown = JSON.parse(readFileSync('static/models/gpt2-nano/config.json', 'utf8'));

/** print(GPT2LMHeadModel.from_pretrained('static/models/gpt2-nano')), transformers 5.23, torch 2.15. */
const PRINTED = `GPT2LMHeadModel(
  (transformer): GPT2Model(
    (wte): Embedding(50257, 192)
    (wpe): Embedding(512, 192)
    (drop): Dropout(p=0.0, inplace=False)
    (h): ModuleList(
      (0-11): 12 x GPT2Block(
        (ln_1): LayerNorm((192,), eps=1e-05, elementwise_affine=True, bias=True)
        (attn): GPT2Attention(
          (c_attn): Conv1D(nf=576, nx=192)
          (c_proj): Conv1D(nf=192, nx=192)
          (attn_dropout): Dropout(p=0.0, inplace=False)
          (resid_dropout): Dropout(p=0.0, inplace=False)
        )
        (ln_2): LayerNorm((192,), eps=1e-05, elementwise_affine=True, bias=True)
        (mlp): GPT2MLP(
          (c_fc): Conv1D(nf=768, nx=192)
          (c_proj): Conv1D(nf=192, nx=768)
          (act): NewGELUActivation()
          (dropout): Dropout(p=0.0, inplace=False)
        )
      )
    )
    (ln_f): LayerNorm((192,), eps=1e-05, elementwise_affine=True, bias=True)
  )
  (lm_head): Linear(in_features=192, out_features=50257, bias=False)
)`;

/** GPT-2 small, which the sources ran. */
const SMALL = parseConfig({ n_layer: 12, n_head: 12, n_embd: 768, n_positions: 1024, vocab_size: 50257 });
const printedBySources = sourceValues.flatMap(({ id, printed, check }) =>
  check?.name === 'printed_model' ? [{ id, printed, print: check.print }] : []
);

describe('printModel(config, options)', () => {
  it('prints the embedded model as PyTorch does', () => {
    expect(printModel(parseConfig(nano))).toBe(PRINTED);
  });

  it("takes Hugging Face's dropout of 0.1 where config.json has none, and one block as one", () => {
    const printed = printModel({ ...TINY_CONFIG, n_layer: 1, layer_norm_epsilon: 0.00025 });
    expect(printed).toContain('(drop): Dropout(p=0.1, inplace=False)');
    expect(printed).toContain('      (0): GPT2Block(');
    expect(printed).toContain('eps=0.00025,');
  });

  it.each(printedBySources)('prints GPT-2 small as the source notebooks do: $id', ({ printed, print }) => {
    expect(printModel(SMALL, print)).toBe(printed);
  });

  it('is held beside all five printouts of the sources', () => expect(printedBySources).toHaveLength(5));
});
