import { describe, expect, it } from 'vitest';
import type {} from './harness/main.ts';
import type { WatchedPage } from './browser.ts';
import { useHarness } from './harness-session.ts';

const SPARE_TRACES = 8; // the store's limit; one more is in use
const SLOW_READS_EVERY = 5; // runs between two that also read the lens and the norms
const LONG = Array.from({ length: 200 }, (_, i) => 1000 + i);

const session = useHarness();

/** As in the tests of the wasm kernels: float32 sums of up to 600 products in another order. */
const KERNEL_TOLERANCE = 2e-5;

describe('our webgl programs', () => {
  const page = session.page();

  it('compute what the plain backend does, in every case of the wasm kernels, and leave no tensor', async () => {
    const solved = await page().evaluate(() => window.harness.compareWebglKernels());
    expect(solved.length).toBeGreaterThan(20);
    const wrong = solved.filter(({ worst, left }) => !(worst < KERNEL_TOLERANCE) || left !== 0);
    expect(wrong).toEqual([]);
  });

  it('leave gradients to stock operations: saliency is that of wasm', async () => {
    const [wasm, webgl] = await page().evaluate(async () => {
      const found: number[][] = [];
      for (const backend of ['wasm', 'webgl'] as const) {
        const { engine } = await window.harness.open(backend);
        const { trace } = await engine.run([7454, 2402, 257, 640, 11]);
        const { values } = await engine.measure('saliency', [trace], { metric: { token: 612 } }, () => {});
        engine.release(trace);
        found.push([...values]);
      }
      return found;
    });
    expect(Math.max(...wasm.map(Math.abs))).toBeGreaterThan(0.01);
    wasm.forEach((value, i) => expect(webgl[i]).toBeCloseTo(value, 3));
  });

  it('read rows of Flow in all blocks at once: shares, heads, patterns and logits are those of wasm', async () => {
    const [wasm, webgl] = await page().evaluate(async () => {
      const found: { values: number[][]; left: number }[] = [];
      for (const backend of ['wasm', 'webgl'] as const) {
        const { engine } = await window.harness.open(backend);
        const { trace } = await engine.run([7454, 2402, 257, 640, 11]);
        await engine.norms(trace); // rebuilds what is not kept
        const before = (await engine.memory()).tensors;
        const rows = [...(await engine.flows(trace, [4])), ...(await engine.flows(trace, [1, 3, 2]))];
        const left = (await engine.memory()).tensors - before;
        engine.release(trace);
        const values = rows.map(({ own, shares, heads, pattern, logits, lensProbabilities }) => [
          ...[own, shares, heads, pattern, logits, lensProbabilities].flatMap((part) => [...part])
        ]);
        found.push({ values, left });
      }
      return found;
    });
    expect([wasm.left, webgl.left]).toEqual([0, 0]);
    expect(Math.max(...wasm.values.flat())).toBeGreaterThan(0.5);
    wasm.values.forEach((row, at) =>
      row.forEach((value, i) => expect(webgl.values[at][i]).toBeCloseTo(value, 3))
    );
  });

  it('make small maps of all heads that hold the largest of each block of the pattern', async () => {
    const worst = await page().evaluate(async () => {
      const { engine, config } = await window.harness.open('webgl');
      const T = 101; // two positions a cell, and filler after the last
      const { trace } = await engine.run(Array.from({ length: T }, (_, i) => 300 + 7 * i));
      const { data } = await engine.read({ trace, name: 'pattern', layer: 3 });
      const { side, block, values, first, self } = await engine.headMaps(trace, 3);
      engine.release(trace);
      const expected = new Float32Array(values.length);
      data.forEach((value, i) => {
        const [head, query, key] = [Math.floor(i / T ** 2), Math.floor(i / T) % T, i % T];
        const cell = (head * side + Math.floor(query / block)) * side + Math.floor(key / block);
        expected[cell] = Math.max(expected[cell], value);
      });
      const mean = (head: number, key: (query: number) => number) => {
        let sum = 0;
        for (let query = 2; query < T; query++) sum += data[(head * T + query) * T + key(query)];
        return sum / (T - 2);
      };
      const off = [...values.map((value, i) => Math.abs(value - expected[i]))];
      for (let head = 0; head < config.n_head; head++) {
        off.push(Math.abs(first[head] - mean(head, () => 0)), Math.abs(self[head] - mean(head, (q) => q)));
      }
      return { block, side, worst: Math.max(...off) };
    });
    expect(worst).toEqual({ block: 2, side: 51, worst: expect.closeTo(0, 5) as number });
  });
});

describe('Engine.run(ids, signal)', () => {
  const page = session.page();
  const memory = () => page().evaluate(async () => (await window.harness.open('wasm')).engine.memory());

  it('ends the older run with an AbortError when a newer one comes', async () => {
    const outcome = await page().evaluate(async (long) => {
      const { engine } = await window.harness.open('wasm');
      const older = engine.run(long).then(
        () => 'finished',
        (error: Error) => error.name
      );
      const newer = await engine.run([1, 2, 3]);
      engine.release(newer.trace);
      return { older: await older, newer: newer.ids, logits: newer.lastLogits.length };
    }, LONG);
    expect(outcome).toEqual({ older: 'AbortError', newer: [1, 2, 3], logits: 50257 });
  });

  it('stops when its signal is aborted, and keeps nothing of the run', async () => {
    const before = await memory();
    const cancelled = await page().evaluate(async (long) => {
      const { engine } = await window.harness.open('wasm');
      const controller = new AbortController();
      setTimeout(() => controller.abort());
      const error: unknown = await engine.run(long, controller.signal).catch((error: unknown) => error);
      return window.harness.isCancelled(error);
    }, LONG);
    expect(cancelled).toBe(true);
    await expect.poll(memory, { timeout: 20_000 }).toEqual(before);
  });

  it('refuses a signal that was aborted before', async () => {
    const cancelled = await page().evaluate(async () => {
      const { engine } = await window.harness.open('wasm');
      const error: unknown = await engine.run([1], AbortSignal.abort()).catch((error: unknown) => error);
      return window.harness.isCancelled(error);
    });
    expect(cancelled).toBe(true);
  });
});

describe('Engine.release(trace)', () => {
  const page = session.page();

  it('keeps a released trace for the same prompt, and drops it after enough others', async () => {
    const outcome = await page().evaluate(async (others) => {
      const { engine } = await window.harness.open('wasm');
      const first = await engine.run([10, 11, 12]);
      engine.release(first.trace);
      const again = await engine.run([10, 11, 12]);
      engine.release(again.trace);
      for (let i = 0; i < others; i++) engine.release((await engine.run([100 + i])).trace);
      const gone = await engine
        .read({ trace: first.trace, name: 'embed' })
        .then(String, (error: Error) => error.message);
      return { same: again.trace === first.trace, gone, traces: (await engine.memory()).traces };
    }, SPARE_TRACES);
    expect(outcome.same).toBe(true);
    expect(outcome.gone).toMatch(/^trace \d+ must be held, got a released one/);
    expect(outcome.traces).toBe(SPARE_TRACES);
  });
});

describe('Engine.memory()', () => {
  interface Step {
    readonly tensors: number;
    readonly bytes: number;
    readonly traces: number;
  }

  /** Runs and reads as the explorer does, one prompt after another of the given lengths. */
  const steps = (page: WatchedPage['page'], backend: 'wasm' | 'webgl', lengths: number[]) =>
    page.evaluate(
      async ([backend, lengths, slowReadsEvery]) => {
        const { engine, config } = await window.harness.open(backend);
        const empty = await engine.memory();
        const steps: Step[] = [];
        let held: number | null = null;
        for (const [i, length] of lengths.entries()) {
          const ids = Array.from({ length }, (_, t) => 200 * i + t); // no two prompts alike
          const { trace } = await engine.run(ids);
          if (held !== null) engine.release(held);
          held = trace;
          const layer = i % config.n_layer;
          await engine.read({ trace, name: 'pattern', layer });
          await engine.read({ trace, name: 'result', layer });
          await engine.logits(trace, 0);
          if (i % slowReadsEvery === 0) {
            await engine.lens({ trace, depth: layer, top: 5, track: 11 });
            await engine.norms(trace);
          }
          steps.push(await engine.memory());
        }
        return { empty, steps };
      },
      [backend, lengths, SLOW_READS_EVERY] as const
    );

  /** Tensors of each trace, which must be the same number after every step, whatever the length. */
  const tensorsPerTrace = ({ empty, steps }: { empty: Step; steps: Step[] }) => [
    ...new Set(steps.map(({ tensors, traces }) => (tensors - empty.tensors) / traces))
  ];

  describe.each([
    { backend: 'wasm', runs: 50, longest: 200 },
    { backend: 'webgl', runs: 20, longest: 32 }
  ] as const)('on $backend', ({ backend, runs, longest }) => {
    const page = session.page();

    it(`stays flat over ${runs} runs of 1 to ${longest} tokens`, async () => {
      const lengths = Array.from({ length: runs }, (_, i) => 1 + ((i * 79 + longest - 1) % longest));
      const measured = await steps(page(), backend, lengths);
      expect(Math.max(...lengths)).toBe(longest);
      expect(new Set(lengths).size).toBe(runs);
      expect(tensorsPerTrace(measured)).toHaveLength(1);
      expect(Math.max(...measured.steps.map(({ traces }) => traces))).toBeLessThanOrEqual(SPARE_TRACES + 1);
    });
  });
});

describe('Engine.load(source, onprogress, signal)', () => {
  const page = session.page();

  it('names the file that a folder lacks, and keeps the model it had', async () => {
    const outcome = await page().evaluate(async () => {
      const { engine } = await window.harness.open('wasm');
      const url = new URL('models/none/', document.baseURI).href;
      const error: Error | null = await engine
        .load({ name: 'none', url, files: [], keep: false }, () => {})
        .then(
          () => null,
          (error: Error) => error
        );
      const { trace, ids } = await engine.run([5]);
      engine.release(trace);
      return { name: error?.name, message: error?.message, ids };
    });
    expect(outcome).toEqual({
      name: 'ModelFileError',
      message:
        'model: config.json must be served, got status 404. Check the name of the model, or its folder.',
      ids: [5]
    });
  });

  it('stops when its signal is aborted, and keeps the model it had', async () => {
    const outcome = await page().evaluate(async () => {
      const { engine } = await window.harness.open('wasm');
      const before = await engine.memory();
      const controller = new AbortController();
      const { source } = window.harness.model;
      const error: unknown = await engine
        .load(source, () => controller.abort(), controller.signal)
        .catch((error: unknown) => error);
      const { trace } = await engine.run([5]); // the same prompt again: its trace is still there
      engine.release(trace);
      return { cancelled: window.harness.isCancelled(error), before, after: await engine.memory() };
    });
    expect(outcome.cancelled).toBe(true);
    expect(outcome.after).toEqual(outcome.before);
  });

  it('tells how many bytes have arrived, up to all of them', async () => {
    const { seen, bytes } = await page().evaluate(async () => {
      const engine = new window.harness.Engine();
      await engine.start('wasm');
      const { source, bytes } = window.harness.model;
      const seen: number[] = [];
      await engine.load(source, (progress) => seen.push(progress.bytes));
      engine.dispose();
      return { seen, bytes };
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(bytes - seen.at(-1)!).toBeLessThan(1000); // tokenizer_config.json is not read
  });
});
