import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedTrace, measured, type SentEdits } from '../../src/lib/engine/measuring.ts';
import { SerialQueue } from '../../src/lib/engine/serial-queue.ts';
import { TraceStore } from '../../src/lib/engine/trace-store.ts';
import { parseEdits } from '../../src/lib/gpt2/edit/format.ts';
import { loadModel, type Gpt2Model } from '../../src/lib/gpt2/model/model.ts';
import { passKey } from '../../src/lib/gpt2/model/pass.ts';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import type { Trace } from '../../src/lib/gpt2/trace/trace.ts';
import { makeFolder } from '../models/tiny-folder.ts';
import { excess, tolerance } from '../tolerance.ts';
import { numTensors, startBackend } from '../gpt2/backends.ts';

/** What TransformerLens and PyTorch compute: scripts/fixtures/make_causal_fixture.py. */
const FOLDER = 'tests/fixtures/causal';
const { odd } = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as {
  odd: {
    clean: number[];
    corrupt: number[];
    token: number;
    minus: number;
    kept: number[];
    metric: { clean: number; corrupt: number };
    edits: { edit: string; logits: number[] }[];
    grids: Record<string, number[][]>;
    ablations: { heads: number[][] };
  };
};
const metric = { token: odd.token, minus: odd.minus };
const close = tolerance('wasm', 'logits');
const NOTHING = new AbortController().signal;

describe('edited runs and measures in the engine', () => {
  let model: Gpt2Model;
  let traces: TraceStore;
  const queue = new SerialQueue();

  beforeAll(async () => {
    await startBackend('wasm');
    const vocabulary = makeFolder();
    model = await loadModel({
      read: (file) => {
        const own = { 'config.json': 'odd-config.json', 'model.safetensors': 'odd.safetensors' }[file];
        return Promise.resolve(own ? new Uint8Array(readFileSync(`${FOLDER}/${own}`)) : vocabulary[file]);
      }
    });
    traces = new TraceStore();
  });

  afterAll(() => {
    traces.clear();
    model.dispose();
  });

  const add = async (run: () => Promise<Trace>) => traces.add(await run());
  const plain = (ids: readonly number[]) => add(() => runTrace(model, ids));
  const edited = (sent: SentEdits, store = traces) =>
    editedTrace(store, model, odd.clean, sent, async (run) => store.add(await run()), NOTHING);
  const sent = (text: string, other: number | null = null): SentEdits => ({ edits: parseEdits(text), other });

  it('gives the logits of TransformerLens for an edit, with a patch from the run that is named', async () => {
    const other = await plain(odd.corrupt);
    for (const { edit, logits } of odd.edits.filter(({ edit }) => /^(zero|patch):(z|resid_pre)/.test(edit))) {
      const handle = await edited(sent(edit, other));
      const found = await traces.get(handle).logits('last');
      logits.forEach((wanted, i) =>
        expect(excess(found[odd.kept[i]], wanted, close), edit).toBeLessThan(1e-9)
      );
      traces.release(handle);
    }
    traces.release(other);
  });

  it('never takes an edited run for the unedited one, also where the budget took that one away', async () => {
    const store = new TraceStore(2 ** 30, 1);
    const base = store.add(await runTrace(model, odd.clean));
    const zero = await edited(sent('zero:z.1.1'), store);
    const half = await edited(sent('scale=0.5:z.1.1'), store);
    expect(new Set([base, zero, half]).size).toBe(3);
    expect(store.reuse(passKey(model, odd.clean))).toBe(base);
    expect(await edited(sent('zero:z.1.1'), store)).toBe(zero);
    for (const handle of [base, base, half, zero, zero]) store.release(handle);
    expect(store.size).toBe(1); // one spare: the unedited run went
    expect(store.reuse(passKey(model, odd.clean))).toBeNull();
    expect(await edited(sent('zero:z.1.1'), store)).toBe(zero);
    const fresh = store.add(await runTrace(model, odd.clean));
    expect(await store.get(fresh).logits('last')).not.toEqual(await store.get(zero).logits('last'));
    store.clear();
  });

  it('rebuilds the blocks of an edited run edited', async () => {
    const handle = await edited(sent('zero:z.1.1;scale=0.5:mlp.post.0'));
    const trace = traces.get(handle);
    const before = [
      await trace.read('z', 1),
      await trace.read('mlp.post', 0),
      await trace.read('pattern', 1)
    ];
    expect([...(await trace.read('z', 1, { head: 1 })).data].every((value) => value === 0)).toBe(true);
    trace.shrink();
    expect([
      await trace.read('z', 1),
      await trace.read('mlp.post', 0),
      await trace.read('pattern', 1)
    ]).toEqual(before);
    traces.release(handle);
  });

  it('sends each cell of a grid, and then the grid', async () => {
    const [clean, corrupt] = [await plain(odd.clean), await plain(odd.corrupt)];
    const cells: number[][] = [];
    const onstep = ({ row, column, value }: { row: number; column: number; value: number }) =>
      void ((cells[row] ??= [])[column] = value);
    const options = { what: 'resid_pre', metric } as const;
    const found = await measured({ traces, queue }, 'patchGrid', [clean, corrupt], options, onstep, NOTHING);
    expect(cells).toEqual(found.grid);
    odd.grids.resid_pre.forEach((row, i) =>
      row.forEach((wanted, j) => {
        const m = odd.metric.corrupt + cells[i][j] * (odd.metric.clean - odd.metric.corrupt);
        expect(excess(m, wanted, close)).toBeLessThanOrEqual(0);
      })
    );
    traces.release(clean);
    traces.release(corrupt);
  });

  it('averages a grid over pairs, each by its own metric', async () => {
    const [clean, corrupt] = [await plain(odd.clean), await plain(odd.corrupt)];
    const run = (handles: number[], metrics: readonly (typeof metric)[]) =>
      measured(
        { traces, queue },
        'patchGrid',
        handles,
        { what: 'resid_pre', metric, metrics } as const,
        () => {},
        NOTHING
      );
    const one = await run([clean, corrupt], []);
    // the same pair with its tokens exchanged has the opposite metric, and goes the same share of its way
    const opposite = { token: metric.minus, minus: metric.token };
    const exchanged = await run([clean, corrupt], [opposite]);
    expect(exchanged.clean).toBeCloseTo(-one.clean, 4);
    const both = await run([clean, corrupt, corrupt, clean], [metric, opposite]);
    const back = await run([corrupt, clean], [opposite]);
    both.grid.forEach((row, i) =>
      row.forEach((mean, j) => expect(mean).toBeCloseTo((one.grid[i][j] + back.grid[i][j]) / 2, 6))
    );
    traces.release(clean);
    traces.release(corrupt);
  });

  it('takes a mean over reference runs: over one, what a patch from it gives', async () => {
    const other = await plain(odd.corrupt);
    const mean = await edited({ ...sent('mean=references:z.1'), references: [other] });
    const patch = await edited(sent('patch:z.1', other));
    const [found, wanted] = [await traces.get(mean).logits('last'), await traces.get(patch).logits('last')];
    found.forEach((value, id) => expect(value).toBeCloseTo(wanted[id], 5));
    for (const handle of [mean, patch, other]) traces.release(handle);
  });

  it('keeps the run of a measure until it ends, and leaves nothing where it is cancelled', async () => {
    const own = new TraceStore();
    const clean = own.add(await runTrace(model, odd.clean));
    const standing = numTensors();
    const controller = new AbortController();
    let count = 0;
    const onstep = () => {
      if (++count === 1) own.release(clean); // the page has gone on to another prompt
      if (count === 3) controller.abort(new DOMException('', 'AbortError'));
    };
    const options = { metric, parts: 'heads' } as const;
    const call = measured(
      { traces: own, queue },
      'ablationEffects',
      [clean],
      options,
      onstep,
      controller.signal
    );
    await expect(call).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
    expect(count).toBeLessThan(5);
    expect(numTensors()).toBe(standing);
    const effects: number[] = [];
    const again = own.add(await runTrace(model, odd.clean));
    await measured({ traces: own, queue }, 'ablationEffects', [again], options, (step) => void effects.push(step.metric), NOTHING); // prettier-ignore
    odd.ablations.heads
      .flat()
      .forEach((wanted, i) => expect(excess(effects[i], wanted, close)).toBeLessThanOrEqual(0));
    own.clear();
  });

  it('lets what a picture waits for pass between two steps', async () => {
    const clean = await plain(odd.clean);
    const heard: string[] = [];
    const onstep = () => void heard.push('step');
    const options = { metric, parts: 'heads' } as const;
    const call = measured({ traces, queue }, 'ablationEffects', [clean], options, onstep, NOTHING);
    while (heard.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    await queue.run(async () => void heard.push('lens'), 1);
    await call;
    expect(heard.indexOf('lens')).toBeLessThan(heard.length - 1);
    traces.release(clean);
  });
});
