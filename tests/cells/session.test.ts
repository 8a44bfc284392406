import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { CellOutcome } from '../../src/lib/cells/index.ts';
import { useModelSession } from './model-session.ts';

const nano = useModelSession();

const context = { prompt: 'Once upon', ids: [7454, 2402], layer: 3, head: 1, position: 1 };

async function run(...codes: string[]): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  const programs = codes.map((code, i) => ({ id: `cell-${i}`, code }));
  for await (const { outcome } of nano.session.run(programs, context)) outcomes.push(outcome);
  return outcomes;
}

async function valueOf(...codes: string[]) {
  const last = (await run(...codes)).at(-1)!;
  if (!last.ok) throw new Error(last.error);
  return last.value;
}

describe('CellSession.run(programs, context, onstart)', () => {
  it('starts a cell once its start has been answered', async () => {
    const order: string[] = [];
    const onstart = async (id: string) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`heard of ${id}`);
    };
    const programs = [{ id: 'first', code: '1;' }];
    for await (const { id } of nano.session.run(programs, context, onstart)) order.push(`${id} is done`);
    expect(order).toEqual(['heard of first', 'first is done']);
  });
});

describe('CellSession.run(programs, context)', () => {
  it('gives cells the library, the model, a trace and the choices of the page', async () => {
    expect(await valueOf('const x = tokenEmbedding(ids, model.weights);')).toMatchObject({
      kind: 'tensor',
      shape: [2, 192],
      dtype: 'float32'
    });
    expect(await valueOf("await trace.read('pattern', layer, { head })")).toMatchObject({ shape: [2, 2] });
    expect(await valueOf('tokenizer.decode(ids)')).toEqual({ kind: 'text', text: 'Once upon' });
    expect(await valueOf('[prompt, layer, head, position].join()')).toEqual({
      kind: 'text',
      text: 'Once upon,3,1,1'
    });
  });

  it('lets a cell read and reassign what the ones above declared', async () => {
    expect(await valueOf('let a = 1;', 'a = a + 1;', 'const b = a * 10;')).toEqual({
      kind: 'text',
      text: '20'
    });
  });

  it('has TensorFlow.js with its chained operations', async () => {
    expect(await valueOf('tf.tensor1d([1, 2]).add(1)')).toMatchObject({
      data: Float32Array.from([2, 3])
    });
    expect(await valueOf("tf.tensor1d([1, 2], 'int32')")).toMatchObject({ dtype: 'int64' });
    expect(await valueOf('tf.greater(tf.tensor1d([1, 2]), 1)')).toMatchObject({ dtype: 'bool' });
  });

  it('has the whole of @tensorflow/tfjs, of the version and on the backend of the engine', async () => {
    const layers = `const net = tf.sequential();
      net.add(tf.layers.dense({ units: 1, inputShape: [2], useBias: false, weights: [tf.tensor2d([[2], [3]])] }));
      net.predict(tf.tensor2d([[1, 10]]))`;
    expect(await valueOf(layers)).toMatchObject({ shape: [1, 1], data: Float32Array.of(32) }); // 2 + 30
    expect(await valueOf('await tf.data.array([1, 2, 3]).map((x) => x * 2).toArray()')).toEqual({
      kind: 'text',
      text: '[2, 4, 6]'
    });
    await run('1');
    const { numTensors } = tf.memory();
    await valueOf(layers);
    await run('1');
    expect(tf.memory().numTensors, 'the variables of layers go too').toBe(numTensors);
    expect(await valueOf("[tf.version['tfjs-core'], tf.version.tfjs, tf.getBackend()]")).toEqual({
      kind: 'text',
      text: `[${JSON.stringify(tf.version_core)}, ${JSON.stringify(tf.version_core)}, "wasm"]`
    });
  });

  it('describes records, lists and tables', async () => {
    expect(await valueOf('({ n: 1, t: tf.tensor1d([1]) })')).toMatchObject({
      kind: 'record',
      entries: [
        ['n', { kind: 'text', text: '1' }],
        ['t', { kind: 'tensor' }]
      ]
    });
    expect(await valueOf('[tf.scalar(1), tf.scalar(2)]')).toMatchObject({ kind: 'list' });
    expect(await valueOf("[{ a: 1, b: 'x' }, { a: 2 }]")).toEqual({
      kind: 'table',
      columns: ['a', 'b'],
      rows: [
        [1, 'x'],
        [2, '']
      ]
    });
  });

  it('keeps what a cell prints, within bounds', async () => {
    const [printed] = await run("console.log('one', [1, 2]);");
    expect(printed.printed).toEqual([[{ kind: 'text', text: 'one [1, 2]' }]]);
    const [rich] = await run(
      "const t = tf.tensor1d([1, 2]);\nconsole.log('t', t, new Set([1, 'a']));\nt.dispose();"
    );
    expect(rich.printed).toEqual([
      [
        { kind: 'text', text: 't' },
        { kind: 'tensor', shape: [2], data: Float32Array.of(1, 2), dtype: 'float32' },
        { kind: 'text', text: 'Set(2) {1, "a"}' }
      ]
    ]);
    const [many] = await run('for (let i = 0; i < 50257; i++) {\n  console.log(i);\n}');
    expect(many.printed).toHaveLength(201);
    expect(many.printed.at(-1)).toEqual([{ kind: 'text', text: '… (50,057 more lines)' }]);
    const [wide] = await run("console.log(await trace.logits('last'));");
    expect(wide.printed[0]).toMatchObject([{ kind: 'tensor', shape: [50257] }]);
    const [long] = await run("console.log('x'.repeat(50257));");
    expect(JSON.stringify(long.printed).length).toBeLessThan(2200);
  });

  it('has the console of a browser', async () => {
    const lines = async (code: string) =>
      (await run(code))[0].printed.map(([part]) => part.kind === 'text' && part.text);
    expect(
      await lines('console.debug(1); console.dir({ a: 1 }, { depth: 0 }); console.trace("here")')
    ).toEqual(['1', '{ a: 1 }', 'Trace: here']);
    expect(
      await lines(
        'console.count(); console.count("b"); console.count(); console.countReset(); console.count()'
      )
    ).toEqual(['default: 1', 'b: 1', 'default: 2', 'default: 1']);
    expect(await lines('console.assert(1 === 1, "no"); console.assert(1 === 2, "told", 3)')).toEqual([
      'Assertion failed: told 3'
    ]);
    expect(await lines('console.group("a"); console.log("b"); console.groupEnd(); console.log("c")')).toEqual(
      ['a', '  b', 'c']
    );
    const [first, second, third] = await lines(
      'console.time("t"); console.timeLog("t", 1); console.timeEnd("t"); console.timeEnd("t")'
    );
    expect(first).toMatch(/^t: \d+\.\d ms 1$/);
    expect(second).toMatch(/^t: \d+\.\d ms$/);
    expect(third).toBe('t: no timer of this name has been started');
  });

  it('says plainly what cannot be shown', async () => {
    const errorOf = async (code: string) => {
      const [outcome] = await run(code);
      return outcome.ok ? '' : outcome.error;
    };
    expect(await errorOf('({ shape: [2, 3], data: new Float32Array(5) })')).toContain(
      '[2, 3] has 6 values, but its data has 5'
    );
    expect(await errorOf('throw { toString() { throw 1; } }')).toContain('cannot be written as a text');
    expect(await errorOf('throw Object.assign(new Error(), { message: 5, stack: 5 })')).toBe('Error: 5');
    expect(await errorOf('throw Object.create(null)')).toContain('cannot be written as a text');
    const [printed] = await run('console.log({ get a() { throw new Error("mine"); } }); 1');
    expect(JSON.stringify(printed.printed)).toContain('mine');
    expect(printed.ok).toBe(true);
  });

  it('stops at a cell that throws, and says where', async () => {
    const outcomes = await run('const a = 1;', '\nconst b = a;\nmissing(b);', 'const c = 1;');
    expect(outcomes).toHaveLength(2);
    expect(outcomes[1]).toMatchObject({
      ok: false,
      error: 'ReferenceError: missing is not defined',
      line: 3
    });
  });

  it('tells a text that is no code, and a result that is too large', async () => {
    expect((await run('const = 1'))[0]).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^SyntaxError/)
    });
    expect((await run('tf.zeros([5000, 5000])'))[0]).toMatchObject({
      ok: false,
      error: 'ResultError: The result has 25,000,000 values, too many to show; take a slice of it.'
    });
  });

  it('frees the tensors of a run before the next, and the last by dispose', async () => {
    nano.session.dispose();
    const before = tf.memory().numTensors;
    await run('const a = tf.zeros([3]);\nconst b = a.add(1);');
    await run('const a = tf.zeros([3]);');
    nano.session.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
