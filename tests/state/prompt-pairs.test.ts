import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '../../scripts/command/model-folder.ts';
import { loadModel, type Gpt2Model } from '../../src/lib/gpt2/model/model.ts';
import { topTokens } from '../../src/lib/gpt2/numbers/ranks.ts';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import { PAIR_SETS, setOf, type PairSet, type PromptTexts } from '../../src/lib/state/why/prompt-pairs.ts';
import { startBackend } from '../gpt2/backends.ts';

describe('pairs of prompts for gpt2-nano', () => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend('wasm');
    model = await loadModel(folderFiles('test', 'static/models/gpt2-nano'));
  });
  afterAll(() => model.dispose());

  const pairs = Object.entries(PAIR_SETS).flatMap(([name, set]) =>
    set.map((pair, i): [string, PromptTexts] => [`${name} ${i}`, pair])
  );

  it('gives a set for the pair that begins it, and none for another', () => {
    for (const [name, [first, second]] of Object.entries(PAIR_SETS)) {
      expect(setOf(first)).toBe(name);
      expect(setOf(second)).toBeNull();
    }
  });

  it.each(Object.entries(PAIR_SETS))('%s: every prompt of a set has as many tokens', (_, set) => {
    const lengths = set.flatMap(({ prompt, other }) =>
      [prompt, other].map((text) => model.tokenizer.encode(text).length)
    );
    expect(new Set(lengths).size).toBe(1);
  });

  const known = new Map<string, Float32Array>();
  const logitsOf = async (text: string): Promise<Float32Array> => {
    const found = known.get(text);
    if (found) return found;
    const trace = await runTrace(
      model,
      model.tokenizer.encode(text).map(({ id }) => id)
    );
    const logits = await trace.logits('last');
    trace.dispose();
    known.set(text, logits);
    return logits;
  };

  it.each(pairs)('%s: told apart by the best tokens of both', async (_, pair) => {
    const logits = [await logitsOf(pair.prompt), await logitsOf(pair.other)];
    const [[mine], [theirs]] = logits.map((each) => [...topTokens(each, 1)]);
    const [here, there] = logits.map((each) => each[mine] - each[theirs]);
    expect(here).toBeGreaterThan(0.5);
    expect(there).toBeLessThan(-0.5);
  });

  /** Whether a next token is right, as each set's prompts ask. */
  const IS_RIGHT: Readonly<Record<Exclude<PairSet, 'capital'>, (prompt: string, next: string) => boolean>> = {
    names: (prompt, next) => {
      const [, first, second, giver] = /^When (\w+) and (\w+) .*, (\w+) gave/.exec(prompt)!;
      return next === ` ${giver === first ? second : first}`;
    },
    numbers: (prompt, next) =>
      /^\d\d$/.test(next) && Number(next) > Number(/year 18(\d\d) /.exec(prompt)![1]),
    fact: (prompt, next) => next === ` ${/lives in (\w+)/.exec(prompt)![1]}`,
    agreement: (prompt, next) => next === (/^The \w+s /.test(prompt) ? ' were' : ' was'),
    induction: (prompt, next) => next === ` ${prompt.split(' ')[4]}`
  };

  it.each(Object.entries(IS_RIGHT))(
    '%s: after most prompts the best token is the right one',
    async (name, isRight) => {
      const prompts = PAIR_SETS[name as PairSet].flatMap(({ prompt, other }) => [prompt, other]);
      let right = 0;
      for (const prompt of prompts) {
        const [best] = topTokens(await logitsOf(prompt), 1);
        if (isRight(prompt, model.tokenizer.decode([best]))) right++;
      }
      expect(right / prompts.length).toBeGreaterThan(0.75);
    }
  );

  it('asks for answers of one token each', () => {
    const asked = [
      ...PAIR_SETS.names.flatMap(({ prompt }) => /^When (\w+) and (\w+)/.exec(prompt)!.slice(1)),
      ...PAIR_SETS.fact.flatMap(({ prompt, other }) =>
        [prompt, other].map((text) => text.split(' ')[3].slice(0, -1))
      ),
      ...PAIR_SETS.induction.flatMap(({ prompt, other }) =>
        [prompt, other].map((text) => text.split(' ')[4])
      ),
      'were',
      'was'
    ];
    for (const answer of asked) expect(model.tokenizer.encode(` ${answer}`), answer).toHaveLength(1);
  });
});
