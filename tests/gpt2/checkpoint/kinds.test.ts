/** Every kind of GPT-2 checkpoint that transformers reads: the same ids, texts and logits. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/lib/gpt2/model/model.ts';
import { generate, generateAll } from '../../../src/lib/gpt2/decode/index.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { FIXTURE, folderOf, kindFiles } from '../checkpoint-kinds.ts';

const { cases, ids, texts } = FIXTURE;
const TOLERANCE = 1e-4; // of max(1, |logit|): float32 through two blocks

describe.each(NODE_BACKENDS)('a checkpoint as Hugging Face reads it, on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each(Object.entries(cases))('%s', async (_, kind) => {
    const before = numTensors();
    const model = await loadModel(folderOf(kindFiles(kind)));
    texts.forEach((text, i) => {
      const tokens = model.tokenizer.encode(text).map(({ id }) => id);
      expect([text, tokens]).toEqual([text, kind.tokens[i]]);
      expect(model.tokenizer.decode(tokens)).toBe(kind.decoded[i]);
    });
    const trace = await runTrace(model, ids);
    const logits = await trace.logits('last');
    const order = [...logits.keys()].sort((a, b) => logits[b] - logits[a]);
    expect(order.slice(0, kind.best.length)).toEqual(kind.best.map(([id]) => id));
    for (const [id, logit] of kind.best) {
      expect(Math.abs(logits[id] - logit)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(logit)));
    }
    trace.dispose();
    const { result } = await generateAll(generate(model, ids, { max_new_tokens: 1, eos_token_id: null }));
    expect(result.sequences[0].ids.at(-1)).toBe(kind.best[0][0]);
    model.dispose();
    expect(numTensors()).toBe(before);
  });
});

describe('what a checkpoint says beside its numbers', () => {
  beforeAll(() => startBackend('cpu'));
  const load = (name: string) => loadModel(folderOf(kindFiles(cases[name])));

  it('says what is left out of the file', async () => {
    const { leftOut } = await load('extras');
    expect(leftOut).toContain('v_head.summary.weight');
    expect(leftOut).toContain('transformer.h.0.attn.bias');
    expect(leftOut).toHaveLength(7);
  });

  it('takes end ids from generation_config.json, and offers its settings', async () => {
    const model = await load('eos-generation');
    expect(model.config.eos_token_id).toEqual([10, 264]);
    expect(model.generationConfig).toEqual({ temperature: 0.7, do_sample: true });
  });

  it('says whether logits have a matrix of their own, whatever the flag says', async () => {
    const tied = async (name: string) => (await load(name)).config.tie_word_embeddings;
    expect(await tied('head-flag-missing')).toBe(false);
    expect(await tied('head-equal-flag-false')).toBe(true);
    expect(await tied('head-only')).toBe(true);
  });

  it('shows an id without a token', async () => {
    const { tokenizer } = await load('padded-embedding');
    expect(tokenizer.token(300)).toMatchObject({ id: 300, text: '', missing: true });
    expect(tokenizer.decode([72, 300, 101])).toBe('He');
  });

  it('says what the tokenizer puts around a text', async () => {
    expect((await load('tj-template')).tokenizer.frame).toEqual({ front: [264], back: [] });
    const tokens = (await load('add-bos-own')).tokenizer.encode('a');
    expect(tokens.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['<s>', 0, 0],
      ['a', 0, 1],
      ['<|endoftext|>', 1, 1]
    ]);
  });
});
