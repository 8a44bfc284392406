/** What Hugging Face's generate gives for gpt2-nano: tests/fixtures/generate.json, and the model on a backend. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { GenerateOptions } from '../../../src/lib/gpt2/decode/types.ts';
import type { DecodingSettings } from '../../../src/lib/gpt2/decode/settings.ts';
import { loadModel, type Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';

export interface SearchCase {
  readonly prompt: number[];
  readonly options: GenerateOptions;
  /** New tokens of each returned sequence. */
  readonly sequences: number[][];
}

export interface GenerateFixture {
  readonly greedy: SearchCase[];
  readonly beams: (SearchCase & { readonly scores: number[] })[];
  readonly steps: {
    readonly prompt: number[];
    readonly repetition_penalty: number;
    readonly sequence: number[];
    readonly steps: { logit_ids: number[]; logits: number[]; score_ids: number[]; scores: number[] }[];
  }[];
  readonly context: number[];
  readonly logits: Record<string, (number | null)[]>;
  readonly processors: {
    readonly logits: string;
    readonly settings: Partial<DecodingSettings>;
    readonly kept: number;
    readonly ids?: number[];
    readonly probabilities: number[];
  }[];
  readonly batch: {
    readonly prompts: number[][];
    readonly input_ids: number[][];
    readonly attention_mask: number[][];
    readonly position_ids: number[][];
    readonly last: { ids: number[]; logits: number[] }[];
    readonly max_new_tokens: number;
    readonly generated: number[][];
  };
  readonly loss: {
    readonly ids: number[];
    /** float32, as Hugging Face prints it. */
    readonly loss: number;
    readonly loss_float64: number;
    readonly perplexity: number;
    readonly log_probabilities: number[];
    /** The best and the worst rank that rounding allows each token. */
    readonly rank_bounds: [number, number][];
  };
  readonly inside: {
    readonly prompt: number[];
    readonly step: number;
    readonly layers: number[];
    readonly past_shape: number[];
    readonly key: number[][];
    readonly value: number[][];
    readonly hidden_states: number[][];
    readonly hidden_depths: number[];
    readonly attentions: number[][];
  };
}

export const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/generate.json', import.meta.url), 'utf8')
) as GenerateFixture;

/** The embedded model on the current backend; the caller disposes it. */
export function loadNano(): Promise<Gpt2Model> {
  return loadModel({ read: (name) => readFile(`static/models/gpt2-nano/${name}`) });
}
