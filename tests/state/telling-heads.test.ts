import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel, runTrace, type Gpt2Model } from '../../src/lib/gpt2/index.ts';
import { EXAMPLE_PROMPTS, TELLING_HEADS, type ExampleName } from '../../src/lib/state/example-prompts.ts';
import { DEFAULT_VIEW } from '../../src/lib/state/view-state.ts';
import { folderFiles } from '../../scripts/command/model-folder.ts';
import { startBackend } from '../gpt2/backends.ts';

const NAMES = Object.keys(EXAMPLE_PROMPTS) as ExampleName[];
/** Heads closer to one another than this are equally good; rounding may order them either way. */
const CLOSE = 1e-3;
/** What a reader sees at once: two thirds of a row. */
const TELLING = 0.66;

describe('TELLING_HEADS, measured with gpt2-nano', () => {
  let model: Gpt2Model;

  beforeAll(async () => {
    await startBackend('wasm');
    model = await loadModel(folderFiles('test', 'static/models/gpt2-nano'));
  });
  afterAll(() => model.dispose());

  /** Weight of a key in the last row of every head, by "layer.head". */
  async function weights(name: ExampleName): Promise<Map<string, number>> {
    const { key } = TELLING_HEADS[name];
    const ids = model.tokenizer.encode(EXAMPLE_PROMPTS[name]).map((token) => token.id);
    const T = ids.length;
    const trace = await runTrace(model, ids);
    const found = new Map<string, number>();
    for (let layer = 0; layer < model.config.n_layer; layer++) {
      const { data } = await trace.read('pattern', layer);
      for (let head = 0; head < model.config.n_head; head++) {
        found.set(`${layer}.${head}`, data[(head * T + T - 1) * T + key]);
      }
    }
    trace.dispose();
    return found;
  }

  it.each(NAMES)('%s: no other of the 144 heads gives the named token more weight', async (name) => {
    const { layer, head } = TELLING_HEADS[name];
    const all = await weights(name);
    const own = all.get(`${layer}.${head}`)!;
    expect(all.size).toBe(144);
    expect(own).toBeGreaterThan(TELLING);
    expect(Math.max(...all.values()) - own).toBeLessThan(CLOSE);
  });

  it.each(NAMES)('%s: the named token stands at the named position, before the last', (name) => {
    const tokens = model.tokenizer.encode(EXAMPLE_PROMPTS[name]);
    const { key, token } = TELLING_HEADS[name];
    expect(tokens[key].text).toBe(token);
    expect(key).toBeLessThan(tokens.length - 1);
  });

  it('is where a first visit opens: head 9.8, which gives ·Mary 99.7 %', async () => {
    expect([DEFAULT_VIEW.prompt, DEFAULT_VIEW.layer, DEFAULT_VIEW.head]).toEqual([
      EXAMPLE_PROMPTS.names,
      9,
      8
    ]);
    expect((await weights('names')).get('9.8')).toBeCloseTo(0.997, 3);
  });
});
