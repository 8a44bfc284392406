import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../gpt2/backends.ts';
import { makeFolder } from '../models/tiny-folder.ts';
import { excess, tolerance } from '../tolerance.ts';

/** What Hugging Face computes for random checkpoints: scripts/fixtures/make_shape_fixture.py. */
interface Variant {
  readonly name: string;
  readonly config: Record<string, number | null>;
  readonly ids: number[];
  /** At the last position. */
  readonly logits: number[];
  /** ln_f's output at the last position. */
  readonly hidden: number[];
}

const FIXTURES = 'tests/fixtures/shapes';
const variants = JSON.parse(readFileSync(`${FIXTURES}/expected.json`, 'utf8')) as Variant[];
const tokenizer = makeFolder();

/** The variant's own config and weights, read as a stream, with a byte-level vocabulary. */
function load({ name, config }: Variant) {
  return loadModel({
    read: async (file) =>
      file === 'config.json' ? new TextEncoder().encode(JSON.stringify(config)) : tokenizer[file],
    open: (file) => chunks(name, file)
  });
}

/** Odd chunks, so that most values come in two. */
async function chunks(name: string, file: string) {
  expect(file).toBe('model.safetensors');
  const bytes = new Uint8Array(readFileSync(`${FIXTURES}/${name}.safetensors`));
  return {
    length: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += 4_097) yield bytes.slice(at, at + 4_097);
    }
  };
}

describe.each(NODE_BACKENDS)('checkpoints of every shape, on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each(variants)('$name gives what Hugging Face computes', async (variant) => {
    const before = numTensors();
    const model = await load(variant);
    const trace = await runTrace(model, variant.ids);
    const logits = await trace.logits('last');
    const { data } = await trace.read('ln_final.normalized');
    const hidden = data.slice(-model.config.n_embd);
    for (const [values, expected, name] of [
      [logits, variant.logits, 'logits'],
      [hidden, variant.hidden, 'ln_final.hook_normalized']
    ] as const) {
      expect(values).toHaveLength(expected.length);
      const worst = Math.max(
        ...expected.map((value, i) => excess(values[i], value, tolerance(backend, name)))
      );
      expect(worst, name).toBeLessThanOrEqual(0);
    }
    trace.dispose();
    model.dispose();
    expect(numTensors()).toBe(before);
  });

  it('covers 2 to 24 blocks, 1 to 5 heads and every dtype', () => {
    expect(variants.map(({ config }) => config.n_layer)).toContain(24);
    expect(new Set(variants.map(({ config }) => config.n_head))).toEqual(new Set([1, 2, 5]));
    const dtypes = variants.map(
      ({ name }) =>
        /"dtype":"(F32|F16|BF16)"/.exec(readFileSync(`${FIXTURES}/${name}.safetensors`, 'latin1'))?.[1]
    );
    expect(new Set(dtypes)).toEqual(new Set(['F32', 'F16', 'BF16']));
  });
});
