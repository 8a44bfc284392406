import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../src/lib/gpt2/checkpoint/byte-source.ts';
import {
  collectingSink,
  readCheckpoint,
  streamCheckpoint,
  type RawWeights
} from '../../../src/lib/gpt2/checkpoint/checkpoint.ts';
import { ParameterFeeds } from '../../../src/lib/gpt2/checkpoint/parameter-feeds.ts';
import { CheckpointReader } from '../../../src/lib/gpt2/checkpoint/reader.ts';
import { WeightsError } from '../../../src/lib/gpt2/errors.ts';
import { weightOf } from '../../../src/lib/gpt2/ops/linear.ts';
import { wholeTable } from '../../../src/lib/gpt2/ops/table.ts';
import { loadModel } from '../../../src/lib/gpt2/model/model.ts';
import { MAX_HEADER_BYTES } from '../../../src/lib/gpt2/checkpoint/safetensors.ts';
import { disposeWeights, WeightsBuilder, type Gpt2Weights } from '../../../src/lib/gpt2/model/weights.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import {
  encodeFloats,
  joinFile,
  makeSafetensors,
  maskBuffers,
  TINY,
  tinyTensors,
  type TestDtype
} from '../make-safetensors.ts';
import { makeFolder } from '../../models/tiny-folder.ts';

const DTYPES: TestDtype[] = ['F32', 'F16', 'BF16'];

/** A file in chunks that end where `cuts` says; `length` is what the source claims. */
function chunked(
  file: Uint8Array,
  cuts: readonly number[],
  length: number | null = file.length
): ByteSource & { asked: number } {
  const borders = [0, ...[...cuts].sort((a, b) => a - b), file.length];
  return {
    length,
    asked: 0,
    async *stream() {
      for (let i = 1; i < borders.length; i++) {
        this.asked++;
        yield file.slice(borders[i - 1], borders[i]); // a copy, so that nothing outside the chunk can be read
      }
    }
  };
}

const single = (source: ByteSource) => [{ name: 'model.safetensors', open: () => Promise.resolve(source) }];

async function stream(source: ByteSource): Promise<RawWeights> {
  const weights: RawWeights = new Map();
  await streamCheckpoint(TINY, single(source), collectingSink(weights));
  return weights;
}

const sorted = (weights: RawWeights) =>
  [...weights].map(([name, { shape, values }]) => ({ name, shape, values: [...values] })).sort(byName);
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** Where each tensor of a file ends, from its header. */
function tensorEnds(file: Uint8Array): { name: string; end: number }[] {
  const headerLength = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerLength)));
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => ({
      name,
      end: 8 + headerLength + (entry as { data_offsets: [number, number] }).data_offsets[1]
    }));
}

describe('streamCheckpoint(config, source, sink)', () => {
  it.each(DTYPES)('gives what readCheckpoint gives, whatever the chunks, in %s', async (dtype) => {
    const file = makeSafetensors([...maskBuffers('transformer.'), ...tinyTensors(dtype, 'transformer.')]);
    const whole = sorted(readCheckpoint(TINY, file));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(file.length), { maxLength: 12 }), async (cuts) => {
        expect(sorted(await stream(chunked(file, cuts)))).toEqual(whole);
      }),
      { numRuns: 100, seed: 7 }
    );
    const bytes = Array.from({ length: file.length - 1 }, (_, i) => i + 1);
    expect(sorted(await stream(chunked(file, bytes)))).toEqual(whole); // one byte at a time
    expect(sorted(await stream(chunked(file, [9], null)))).toEqual(whole); // a server that gives no length
  });

  it('names the tensor in which a file is cut, at every border and inside of every tensor', async () => {
    const file = makeSafetensors(tinyTensors('F16'));
    const ends = tensorEnds(file);
    expect(ends).toHaveLength(28);
    let begin = ends[0].end - 40; // wte.weight, 20 values of 2 bytes
    for (const { name, end } of ends) {
      for (const cut of [begin, begin + 1, Math.floor((begin + end) / 2), end - 1]) {
        const error = await stream(chunked(file.slice(0, cut), [20, 700], file.length)).catch(String);
        expect(error).toBe(
          `WeightsError: readCheckpoint: model.safetensors must be whole, with all of ${name}, ` +
            `got its first ${cut} bytes. Download the file again.`
        );
      }
      begin = end;
    }
  });

  it.each([0, 5, 8, 30])('names a file that ends in its front, at byte %i', async (cut) => {
    const file = makeSafetensors(tinyTensors());
    await expect(stream(chunked(file.slice(0, cut), [], file.length))).rejects.toThrow(WeightsError);
  });

  it('refuses bytes after the last tensor where nobody said the length', async () => {
    const file = makeSafetensors(tinyTensors());
    const longer = new Uint8Array(file.length + 3);
    longer.set(file);
    await expect(stream(chunked(longer, [file.length], null))).rejects.toThrow(
      `model.safetensors must be ${file.length} bytes long, got more`
    );
  });

  it('refuses a header of 8 GB at its eighth byte, without waiting for it or making room', async () => {
    const file = joinFile('{}', new Uint8Array(100), 8_000_000_000n);
    const source = chunked(file, [8, 40], 9_000_000_000);
    await expect(stream(source)).rejects.toThrow(
      `header length must be at most ${MAX_HEADER_BYTES} bytes, got 8000000000.`
    );
    expect(source.asked).toBe(1);
  });

  it('stops at the first value that is NaN, before the rest of the file is asked for', async () => {
    const tensors = tinyTensors();
    tensors.set('wpe.weight', {
      dtype: 'F32',
      shape: [3, 4],
      bytes: encodeFloats([0, 0, 0, 0, 0, NaN, 0, 0, 0, 0, 0, 0], 'F32')
    });
    const file = makeSafetensors(tensors);
    const wpeEnd = tensorEnds(file).find(({ name }) => name === 'wpe.weight')!.end;
    const source = chunked(file, [wpeEnd, wpeEnd + 1, wpeEnd + 2]);
    await expect(stream(source)).rejects.toThrow('wpe.weight[1, 1] must be a finite number, got NaN.');
    expect(source.asked).toBe(1);
  });

  it('compares a tied lm_head.weight that comes before wte.weight, as Hugging Face sorts them', async () => {
    const tensors = tinyTensors('F32', 'transformer.');
    const wte = tensors.get('transformer.wte.weight')!;
    const file = makeSafetensors([['lm_head.weight', wte], ...tensors]);
    const weights = await stream(chunked(file, [777, 901]));
    expect(sorted(weights)).toEqual(sorted(readCheckpoint(TINY, makeSafetensors(tensors))));
    const other = { ...wte, bytes: wte.bytes.slice() };
    other.bytes.set(encodeFloats([3], 'F32'), 4 * 6); // [1, 2]
    const untied = await stream(
      chunked(makeSafetensors([['lm_head.weight', other], ...tensors]), [777, 901])
    );
    expect(untied.get('lm_head.weight')!.values[6]).toBe(3);
    expect(sorted(untied).find(({ name }) => name === 'wte.weight')).toEqual(
      sorted(weights).find(({ name }) => name === 'wte.weight')
    );
  });

  it('stops where its signal is aborted', async () => {
    const controller = new AbortController();
    const file = makeSafetensors(tinyTensors());
    const source: ByteSource = {
      length: file.length,
      async *stream() {
        yield file.subarray(0, 100);
        controller.abort(new DOMException('stopped', 'AbortError'));
        yield file.subarray(100);
      }
    };
    const weights: RawWeights = new Map();
    await expect(
      streamCheckpoint(TINY, single(source), collectingSink(weights), controller.signal)
    ).rejects.toHaveProperty('name', 'AbortError');
  });
});

describe('CheckpointReader on damaged files', () => {
  const good = makeSafetensors([...tinyTensors('F16'), ...maskBuffers()]);
  const read = (file: Uint8Array, cut: number, length: number | null) => {
    const weights: RawWeights = new Map();
    const feeds = new ParameterFeeds(TINY, collectingSink(weights));
    const reader = new CheckpointReader(feeds, length);
    try {
      reader.push(file.subarray(0, cut));
      reader.push(file.subarray(cut));
      reader.end();
      feeds.finish();
      expect(weights.size).toBe(28);
    } catch (error) {
      expect(error).toBeInstanceOf(WeightsError);
    }
  };

  it('takes or refuses any header, and nothing else happens', () => {
    const headers = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .dictionary(
          fc.constantFrom('wte.weight', 'wpe.weight', 'ln_f.bias', '__metadata__', 'x'),
          fc.record({
            dtype: fc.constantFrom('F32', 'F16', 'I64', 'Q4', ''),
            shape: fc.array(fc.integer({ min: -1, max: 2 ** 53 - 1 }), { maxLength: 3 }),
            data_offsets: fc.array(fc.nat(2 ** 40), { minLength: 1, maxLength: 3 })
          })
        )
        .map((header) => JSON.stringify(header))
    );
    fc.assert(
      fc.property(headers, fc.uint8Array({ maxLength: 64 }), fc.nat(40), (header, data, cut) => {
        const file = joinFile(header, data);
        read(file, cut, file.length);
        read(file, cut, null);
      }),
      { numRuns: 500, seed: 11 }
    );
  });

  it('takes or refuses a good file with bytes changed, a false length and any cut', () => {
    const change = fc.tuple(fc.nat(2000), fc.nat(255));
    const length = fc.oneof(fc.constant(good.length), fc.constant(null), fc.nat(2 * good.length));
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 3 }),
        length,
        fc.nat(good.length),
        fc.nat(good.length),
        (changes, length, cut, end) => {
          const file = good.slice(0, Math.max(end, 8));
          for (const [at, value] of changes) if (at < file.length) file[at] = value;
          read(file, cut, length);
        }
      ),
      { numRuns: 1000, seed: 12 }
    );
  });

  it('refuses overlapping offsets with both names', () => {
    const header = {
      'wte.weight': { dtype: 'F32', shape: [5, 4], data_offsets: [0, 80] },
      'wpe.weight': { dtype: 'F32', shape: [3, 4], data_offsets: [76, 124] }
    };
    const file = joinFile(JSON.stringify(header), new Uint8Array(124));
    const reader = new CheckpointReader(new ParameterFeeds(TINY, collectingSink(new Map())), file.length);
    expect(() => reader.push(file)).toThrow(
      'first byte of "wpe.weight" must be after "wte.weight", which ends at 80, got 76.'
    );
  });
});

describe.each(NODE_BACKENDS)('WeightsBuilder on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  const tensorValues = async ({ wte, wpe, h, ln_f }: Gpt2Weights) => {
    const { c_attn, mlp } = h[1];
    const inRows = [wholeTable(wte), weightOf(c_attn.q), weightOf(mlp.c_proj)];
    const all = [wpe, ln_f.bias, c_attn.v.bias, ...inRows];
    const values = await Promise.all(all.map(async (tensor) => [...(await tensor.data())]));
    tf.dispose(inRows);
    return values;
  };

  it.each(DTYPES)('makes the same tensors from a stream in %s as from whole arrays', async (dtype) => {
    const before = numTensors();
    const file = makeSafetensors(tinyTensors(dtype));
    const streamed = new WeightsBuilder(TINY);
    await streamCheckpoint(TINY, single(chunked(file, [1001, 1501, 1777])), streamed.sink);
    const whole = new WeightsBuilder(TINY);
    for (const [name, { shape, values }] of readCheckpoint(TINY, file)) whole.add(name, shape, values);
    const [a, b] = [streamed.finish(), whole.finish()];
    expect(await tensorValues(a)).toEqual(await tensorValues(b));
    disposeWeights(a);
    disposeWeights(b);
    expect(numTensors()).toBe(before);
  });

  it('leaves nothing on the device when a file is cut, and names what is missing', async () => {
    const before = numTensors();
    const folder = makeFolder();
    const file = folder['model.safetensors'];
    const load = loadModel({
      read: async (name) => folder[name],
      open: async () => chunked(file.slice(0, file.length - 2000), [1500], file.length)
    });
    await expect(load).rejects.toThrow(/must be whole, with all of h\.1\.mlp\./);
    expect(numTensors()).toBe(before);
  });
});
