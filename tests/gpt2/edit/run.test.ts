import { beforeAll, describe, expect, it } from 'vitest';
import { parseEdits } from '../../../src/lib/gpt2/edit/format.ts';
import type { EditSources } from '../../../src/lib/gpt2/edit/types.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { everyActivation, type ActivationName } from '../../../src/lib/gpt2/trace/activations.ts';
import { generate } from '../../../src/lib/gpt2/decode/generate.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { loss, traceLoss } from '../../../src/lib/gpt2/trace/loss.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { tensorOfTable } from '../../../src/lib/gpt2/ops/table.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { tinyIds, tinyModel } from '../tiny-model.ts';

const T = 6;
const ids = tinyIds(T);
const WIDTH = 8;

const read = async (trace: Trace, name: ActivationName, layer?: number) => [
  ...(await trace.read(name, layer)).data
];

describe.each(NODE_BACKENDS)('runTrace(model, ids, { edits }) on %s', (backend) => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend(backend);
    model = tinyModel();
  });

  /** Runs with edits, and gives what `use` makes of both runs. */
  async function edited(
    text: string,
    use: (after: Trace, before: Trace) => Promise<void>,
    sources: Omit<EditSources, 'base'> = {}
  ) {
    const before = await runTrace(model, ids);
    const after = await runTrace(model, ids, { edits: parseEdits(text), base: before, ...sources });
    try {
      await use(after, before);
    } finally {
      after.dispose();
      before.dispose();
    }
  }

  it('zeroes one head at one position, and leaves the rest of the place alone', () =>
    edited('zero:z.1.1@2', async (after, before) => {
      const [now, was] = [await read(after, 'z', 1), await read(before, 'z', 1)];
      const expected = was.map((value, i) => (Math.floor(i / WIDTH) === 2 && i % WIDTH >= 4 ? 0 : value));
      expect(now).toEqual(expected);
      expect(await read(after, 'resid_mid', 0)).toEqual(await read(before, 'resid_mid', 0));
      expect(await read(after, 'logits')).not.toEqual(await read(before, 'logits'));
    }));

  it('scales, means, adds a token and freezes as their names say', async () => {
    await edited('scale=-2:attn_out.0@1-5;mean:mlp_out.1;add=0.5*token(7):embed@0', async (after, before) => {
      const wte = [...(await tensorOfTable(model.weights.wte).data())].slice(7 * WIDTH, 8 * WIDTH);
      const embed = (await read(before, 'embed')).map((value, i) =>
        i < WIDTH ? Math.fround(value + 0.5 * wte[i]) : value
      );
      expect(await read(after, 'resid_pre', 0)).not.toEqual(await read(before, 'resid_pre', 0));
      (await read(after, 'embed')).forEach((value, i) => expect(value).toBeCloseTo(embed[i], 6));
      const rows = await read(after, 'mlp_out', 1);
      for (let i = 0; i < rows.length; i++) expect(rows[i]).toBeCloseTo(rows[i % WIDTH], 6); // one row for all
    });
    await edited('scale=3:resid_pre.1;freeze:pattern.1.0;freeze:ln_final.scale', async (after, before) => {
      const [now, was] = [await read(after, 'pattern', 1), await read(before, 'pattern', 1)];
      expect(now.slice(0, T * T)).toEqual(was.slice(0, T * T));
      expect(now.slice(T * T)).not.toEqual(was.slice(T * T));
      expect(await read(after, 'ln_final.scale')).toEqual(await read(before, 'ln_final.scale'));
      const [pre, unscaled] = [await read(after, 'resid_pre', 1), await read(before, 'resid_pre', 1)];
      expect(pre).toEqual(unscaled.map((value) => Math.fround(3 * value)));
      expect(await read(after, 'resid_post', 0)).toEqual(await read(before, 'resid_post', 0));
    });
  });

  it('never lets a query read a later key, whatever happens to its scores', () =>
    edited('zero:attn_scores.1', async (after) => {
      const pattern = await read(after, 'pattern', 1);
      for (let row = 0; row < 2 * T; row++) {
        const keys = pattern.slice(row * T, (row + 1) * T);
        const query = row % T;
        keys.forEach((weight, key) => expect(weight).toBeCloseTo(key <= query ? 1 / (query + 1) : 0, 6));
      }
    }));

  it('patches every place of another run at its own positions or at others', async () => {
    const other = await runTrace(model, ids.toReversed());
    const text = 'patch:resid_pre.1@2<4;patch:v.0.1@3;patch:result.1.0@5;patch:mlp.post.0.9@1';
    await edited(
      text,
      async (after, before) => {
        const from = (await other.row('resid_pre', 1, 4)).map((value) => value);
        expect(await after.row('resid_pre', 1, 2)).toEqual(from);
        const head = async (trace: Trace) => (await trace.row('v', 0, 3)).slice(4);
        expect(await head(after)).toEqual(await head(other));
        expect((await after.row('mlp.post', 0, 1))[9]).toBe((await other.row('mlp.post', 0, 1))[9]);
        expect((await after.row('mlp.post', 0, 1))[8]).toBe((await before.row('mlp.post', 0, 1))[8]);
        const results = await read(after, 'result', 1);
        const start = 5 * 2 * WIDTH;
        expect(results.slice(start, start + WIDTH)).toEqual(
          (await read(other, 'result', 1)).slice(start, start + WIDTH)
        );
      },
      { other }
    );
    // all of the stream after the last block: the other run's logits
    await edited('patch:resid_post.1', async (after) => expect(await read(after, 'logits')).toEqual(await read(other, 'logits')), { other }); // prettier-ignore
    other.dispose();
  });

  it('takes the mean over reference prompts at the same position', async () => {
    const references = [await runTrace(model, [1, 2, 3, 4, 5, 6]), await runTrace(model, [7, 8, 9])];
    await edited(
      'mean=references:z.0.0',
      async (after, before) => {
        const [first, second] = [await read(references[0], 'z', 0), await read(references[1], 'z', 0)];
        const was = await read(before, 'z', 0);
        (await read(after, 'z', 0)).forEach((value, i) => {
          const isHead = i % WIDTH < 4;
          const mean = i < 3 * WIDTH ? (first[i] + second[i]) / 2 : first[i];
          expect(value).toBeCloseTo(isHead ? mean : was[i], 6);
        });
      },
      { references }
    );
    references.forEach((trace) => trace.dispose());
  });

  it('shares the blocks below the first edit, and rebuilds the others edited', async () => {
    const before = numTensors();
    const base = await runTrace(model, ids);
    const trace = await runTrace(model, ids, { edits: parseEdits('zero:mlp.post.1'), base });
    const everything = async (one: Trace) => {
      const all: number[][] = [];
      for (const { name, layer } of everyActivation(model.config)) all.push(await read(one, name, layer));
      return all;
    };
    const first = await everything(trace);
    trace.shrink(); // its blocks go
    base.shrink();
    expect(await everything(trace)).toEqual(first);
    base.dispose(); // what was shared stays
    trace.shrink();
    expect(await everything(trace)).toEqual(first);
    const alone = await runTrace(model, ids, { edits: parseEdits('zero:mlp.post.1') });
    expect(await everything(alone)).toEqual(first);
    expect(alone.key).toBe(trace.key);
    const unedited = await runTrace(model, ids);
    expect(unedited.key).not.toBe(trace.key);
    for (const one of [alone, trace, unedited]) one.dispose();
    expect(numTensors()).toBe(before);
  });

  it('leaves no tensor behind, over 200 edited runs and where a run is refused or stopped', async () => {
    const before = numTensors();
    const base = await runTrace(model, ids);
    const standing = numTensors();
    for (let i = 0; i < 200; i++) {
      const edits = parseEdits(`zero:z.${i % 2}.${i % 2};freeze:pattern.1`);
      (await runTrace(model, ids, { edits, base })).dispose();
    }
    const stopped = runTrace(model, ids, {
      edits: parseEdits('freeze:z.1'),
      signal: AbortSignal.abort(new Error('no'))
    });
    await expect(stopped).rejects.toThrow('no');
    expect(numTensors()).toBe(standing);
    base.dispose();
    expect(numTensors()).toBe(before);
  });

  it.each([
    ['zero:z.2.0', 'layer must be from 0 to 1, got 2'],
    ['zero:z.0.2', 'head must be from 0 to 1, got 2'],
    ['zero:mlp.pre.0.32', 'neuron must be from 0 to 31, got 32'],
    ['zero:z.0@6', 'position must be from 0 to 5, got 6'],
    ['add=1*token(30):embed', 'token must be from 0 to 29, got 30'],
    ['add=1*token(3):mlp.pre.0', 'add must be to 8 numbers, got mlp.pre'],
    ['add=1*token(3):pattern.0', 'add must be to rows, got pattern'],
    ['mean:pattern.0', 'mean must be of rows, got pattern'],
    ['patch:z.0', 'other run must be given, got none'],
    ['mean=references:z.0', 'references must be at least 1 run, got none']
  ])('refuses %s, in words', async (text, reason) => {
    await expect(runTrace(model, ids, { edits: parseEdits(text) })).rejects.toThrow(reason);
  });
});

describe('generation and loss with edits', () => {
  it('continue as the edited run says, token by token, with or without a cache asked for', async () => {
    await startBackend('cpu');
    const model = tinyModel();
    const before = numTensors();
    const edits = parseEdits('zero:mlp_out.0;scale=-3:z.1.0@2');
    const steps = generate(model, ids, { max_new_tokens: 3, edits });
    let text: readonly number[] = ids;
    for await (const step of steps) {
      if (step.kind !== 'token') throw new Error('expected tokens');
      const trace = await runTrace(model, text, { edits });
      expect([...step.logits]).toEqual([...(await trace.logits('last'))]);
      trace.dispose();
      text = step.ids;
    }
    expect(text).toHaveLength(T + 3);
    const [edited, own] = [await loss(model, ids, { edits }), await loss(model, ids)];
    expect(edited.mean).not.toBeCloseTo(own.mean, 3);
    const trace = await runTrace(model, ids, { edits });
    expect((await traceLoss(trace)).mean).toBe(edited.mean);
    trace.dispose();
    expect(numTensors()).toBe(before);
    model.dispose();
  });
});
