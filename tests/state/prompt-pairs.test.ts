import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '../../scripts/command/model-folder.ts';
import { loadModel, type Gpt2Model } from '../../src/lib/gpt2/model/model.ts';
import { topTokens } from '../../src/lib/gpt2/numbers/sampling.ts';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import { PAIR_SETS, PROMPT_PAIRS, setOf } from '../../src/lib/state/why/prompt-pairs.ts';
import { startBackend } from '../gpt2/backends.ts';

describe('pairs of prompts for gpt2-nano', () => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend('wasm');
    model = await loadModel(folderFiles('test', 'static/models/gpt2-nano'));
  });
  afterAll(() => model.dispose());

  const pairs: [string, { readonly prompt: string; readonly other: string }][] = [
    ...Object.entries(PROMPT_PAIRS),
    ...Object.entries(PAIR_SETS).flatMap(([name, set]) =>
      set.slice(1).map((pair, i): [string, (typeof set)[number]] => [`${name} ${i + 1}`, pair])
    )
  ];

  it('gives a set for the pair that begins it, and none for another', () => {
    expect(setOf(PROMPT_PAIRS.names)).toBe('names');
    expect(setOf(PAIR_SETS.names[1])).toBeNull();
    expect(setOf(PROMPT_PAIRS.fact)).toBeNull();
  });

  it.each(Object.entries(PAIR_SETS))('%s: every prompt of a set has as many tokens', (_, set) => {
    const lengths = set.flatMap(({ prompt, other }) =>
      [prompt, other].map((text) => model.tokenizer.encode(text).length)
    );
    expect(new Set(lengths).size).toBe(1);
  });

  it.each(pairs)('%s: as many tokens, told apart by their best tokens', async (_, pair) => {
    const logits: Float32Array[] = [];
    const lengths: number[] = [];
    for (const text of [pair.prompt, pair.other]) {
      const ids = (await model.tokenizer.encode(text)).map(({ id }) => id);
      const trace = await runTrace(model, ids);
      logits.push(await trace.logits('last'));
      lengths.push(ids.length);
      trace.dispose();
    }
    expect(lengths[0]).toBe(lengths[1]);
    const [[mine], [theirs]] = logits.map((each) => [...topTokens(each, 1)]);
    const [here, there] = logits.map((each) => each[mine] - each[theirs]);
    expect(here).toBeGreaterThan(0.5);
    expect(there).toBeLessThan(-0.5);
  });
});
