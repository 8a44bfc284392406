import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightsError } from '../../../src/lib/gpt2/errors.ts';
import { parseSafetensors, safetensorsHeaderLength } from '../../../src/lib/gpt2/checkpoint/safetensors.ts';
import { concat, joinFile, makeSafetensors, tinyTensors } from '../make-safetensors.ts';

describe('parseSafetensors on hostile files', () => {
  /** Parses in the middle of a larger buffer; what is taken must cover the data exactly and lie inside it. */
  function expectTakenOrRefused(file: Uint8Array): void {
    const before = 3;
    const bytes = concat([new Uint8Array(before), file, new Uint8Array(64)]).subarray(
      before,
      before + file.length
    );
    let views;
    try {
      views = [...parseSafetensors(bytes).values()];
    } catch (error) {
      if (!(error instanceof WeightsError)) throw error;
      return;
    }
    const dataStart = before + 8 + safetensorsHeaderLength(bytes, bytes.length);
    let taken = 0;
    for (const view of views) {
      expect(view.bytes.byteOffset).toBeGreaterThanOrEqual(dataStart);
      expect(view.bytes.byteOffset + view.bytes.length).toBeLessThanOrEqual(before + file.length);
      taken += view.bytes.length;
    }
    expect(taken).toBe(before + file.length - dataStart);
  }

  const integer = fc.oneof(fc.nat(20), fc.constantFrom(-1, 2 ** 31, 2 ** 32 + 4, 2 ** 53, 1e300, 0.5));
  const entry = fc.record(
    {
      dtype: fc.constantFrom('F32', 'F16', 'U8', 'F4', 'F6_E2M3', 'I64', 'X', '__proto__'),
      shape: fc.oneof(fc.array(integer, { maxLength: 3 }), fc.jsonValue()),
      data_offsets: fc.oneof(fc.tuple(integer, integer), fc.jsonValue())
    },
    { requiredKeys: [] }
  );
  const name = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom('__proto__', '__metadata__', 'toString')
  );

  it('takes or refuses random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), expectTakenOrRefused), { numRuns: 1000 });
  });

  it('takes or refuses random text as header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.nat(40), (header, length) =>
        expectTakenOrRefused(joinFile(header, new Uint8Array(length)))
      ),
      { numRuns: 1000 }
    );
  });

  it('takes or refuses random entries', () => {
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(entry, fc.jsonValue())), fc.nat(40), (header, length) =>
        expectTakenOrRefused(joinFile(JSON.stringify(header), new Uint8Array(length)))
      ),
      { numRuns: 2000 }
    );
  });

  it('takes or refuses a good file with bytes changed, cut off or added', () => {
    const good = makeSafetensors([...tinyTensors('F16')].slice(0, 4));
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 4 }),
        fc.nat(good.length),
        fc.uint8Array({ maxLength: 8 }),
        (changes, length, added) => {
          const file = Uint8Array.from(good);
          for (const [at, value] of changes) file[at] = value;
          expectTakenOrRefused(file);
          expectTakenOrRefused(file.subarray(0, length));
          expectTakenOrRefused(concat([file, added]));
        }
      ),
      { numRuns: 1000 }
    );
  });
});
