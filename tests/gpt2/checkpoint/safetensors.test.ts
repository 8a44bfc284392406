import { describe, expect, it } from 'vitest';
import { WeightsError } from '../../../src/lib/gpt2/errors.ts';
import {
  MAX_HEADER_BYTES,
  parseSafetensors,
  parseSafetensorsHeader,
  safetensorsHeaderLength,
  toFloat32
} from '../../../src/lib/gpt2/checkpoint/safetensors.ts';
import { concat, encodeFloats, joinFile, makeSafetensors, type TestTensor } from '../make-safetensors.ts';

const PAIR: [string, TestTensor][] = [
  ['a', { dtype: 'F32', shape: [2, 1], bytes: encodeFloats([1, -2], 'F32') }],
  ['b', { dtype: 'F16', shape: [3], bytes: encodeFloats([0.5, 0, -1.5], 'F16') }]
];

/** A file with one header entry "w" and `dataLength` bytes. */
function oneEntry(entry: unknown, dataLength = 8): Uint8Array {
  return joinFile(JSON.stringify({ w: entry }), new Uint8Array(dataLength));
}

function messageOf(file: Uint8Array): string {
  try {
    parseSafetensors(file);
  } catch (error) {
    expect(error).toBeInstanceOf(WeightsError);
    return (error as Error).message;
  }
  throw new Error('parseSafetensors took it');
}

describe('parseSafetensors(bytes)', () => {
  it('gives name, dtype, shape and a view of the bytes, without the metadata', () => {
    const file = makeSafetensors(PAIR);
    const tensors = parseSafetensors(file);
    expect([...tensors.keys()]).toEqual(['a', 'b']);
    const b = tensors.get('b')!;
    expect([b.name, b.dtype, b.shape]).toEqual(['b', 'F16', [3]]);
    expect([...b.bytes]).toEqual([...PAIR[1][1].bytes]);
    expect(b.bytes.buffer).toBe(file.buffer);
  });

  it('reads a file with an empty header, scalars, empty tensors and any known dtype', () => {
    expect(parseSafetensors(joinFile('{}')).size).toBe(0);
    const tensors = parseSafetensors(
      makeSafetensors([
        ['none', { dtype: 'F32', shape: [0, 5], bytes: new Uint8Array(0) }],
        ['one', { dtype: 'I64', shape: [], bytes: new Uint8Array(8) }],
        ['nibbles', { dtype: 'F4', shape: [2, 3], bytes: new Uint8Array(3) }]
      ])
    );
    expect([...tensors.values()].map(({ bytes }) => bytes.length)).toEqual([0, 8, 3]);
  });

  it('reads tensors whose header order is not their order in the file', () => {
    const header = {
      second: { dtype: 'U8', shape: [1], data_offsets: [2, 3] },
      first: { dtype: 'U8', shape: [2], data_offsets: [0, 2] }
    };
    const tensors = parseSafetensors(joinFile(JSON.stringify(header), Uint8Array.of(7, 8, 9)));
    expect([...tensors.get('second')!.bytes]).toEqual([9]);
    expect([...tensors.get('first')!.bytes]).toEqual([7, 8]);
  });

  it('takes names that mean something to JavaScript as plain names', () => {
    const entry = '{"dtype":"U8","shape":[1],"data_offsets":';
    const header = `{"__proto__":${entry}[0,1]},"constructor":${entry}[1,2]}}`;
    const tensors = parseSafetensors(joinFile(header, Uint8Array.of(5, 6)));
    expect([...tensors.keys()]).toEqual(['__proto__', 'constructor']);
    expect([...tensors.get('__proto__')!.bytes]).toEqual([5]);
  });

  it('takes a dtype called constructor as unknown', () => {
    const file = oneEntry({ dtype: 'constructor', shape: [8], data_offsets: [0, 8] });
    expect(messageOf(file)).toContain('dtype of "w" must be one of BOOL, ');
  });

  it('refuses a file of less than 8 bytes', () => {
    expect(messageOf(new Uint8Array(7))).toBe(
      'parseSafetensors: file must be at least 8 bytes long, got 7 bytes. ' +
        'The file is damaged or not in safetensors format; download it again.'
    );
  });

  it('refuses a header longer than the file, or than any checkpoint has', () => {
    expect(messageOf(joinFile('{}', new Uint8Array(3), 6n))).toContain(
      'header length must be at most the 5 bytes that follow it, got 6.'
    );
    expect(messageOf(joinFile('{}', new Uint8Array(0), 2n ** 64n - 1n))).toContain(
      `header length must be at most ${MAX_HEADER_BYTES} bytes, got 18446744073709551615.`
    );
  });

  it('refuses a header that is not UTF-8', () => {
    expect(messageOf(joinFile(Uint8Array.of(0x7b, 0xff, 0x7d)))).toContain(
      'header must be UTF-8 text, got other bytes.'
    );
  });

  it.each([
    ['', 'JSON'],
    ['{"w":', 'JSON'],
    ['\ufeff{}', 'JSON'],
    ['[]', 'a JSON object'],
    ['null', 'a JSON object'],
    [' {}', 'a JSON object']
  ])('refuses the header %j', (header, expected) => {
    expect(messageOf(joinFile(header))).toContain(
      `header must be ${expected}, got ${JSON.stringify(header)}.`
    );
  });

  it('refuses metadata that is not text by text', () => {
    expect(messageOf(joinFile('{"__metadata__":[]}'))).toContain(
      '__metadata__ must be a JSON object, got [].'
    );
    expect(messageOf(joinFile('{"__metadata__":{"a":1}}'))).toContain(
      'values of __metadata__ must be strings, got 1.'
    );
  });

  it.each([[5], [null], ['x'], [[1]]])('refuses the entry %j', (entry) => {
    expect(messageOf(oneEntry(entry))).toContain(
      'header entry of "w" must be an object with dtype, shape and data_offsets, got '
    );
  });

  it.each([['Q4'], ['f32'], [4], [undefined]])('refuses the dtype %j', (dtype) => {
    const message = messageOf(oneEntry({ dtype, shape: [2], data_offsets: [0, 8] }));
    expect(message).toMatch(/dtype of "w" must be one of BOOL, .*F32.*, got /);
    expect(message).toContain(`got ${dtype === undefined ? 'undefined' : JSON.stringify(dtype)}. `);
  });

  it.each([['[-1]'], ['[1.5]'], ['["2"]'], ['[1e300]'], ['{}'], ['null'], ['[[2]]']])(
    'refuses the shape %s',
    (shape) => {
      const file = joinFile(`{"w":{"dtype":"F32","shape":${shape},"data_offsets":[0,8]}}`, new Uint8Array(8));
      expect(messageOf(file)).toContain('shape of "w" must be a list of integers of at least 0, got ');
    }
  );

  it.each([['[0]'], ['[0,4,8]'], ['[0,"8"]'], ['[-8,0]'], ['[0,8.5]'], ['null'], ['"08"']])(
    'refuses the offsets %s',
    (offsets) => {
      const file = joinFile(`{"w":{"dtype":"F32","shape":[2],"data_offsets":${offsets}}}`, new Uint8Array(8));
      expect(messageOf(file)).toContain('data_offsets of "w" must be two integers of at least 0, got ');
    }
  );

  it('refuses offsets that are reversed or beyond the file', () => {
    const entry = { dtype: 'F32', shape: [2] };
    expect(messageOf(oneEntry({ ...entry, data_offsets: [8, 0] }))).toContain(
      'data_offsets of "w" must be in order, got [8, 0].'
    );
    expect(messageOf(oneEntry({ ...entry, data_offsets: [8, 16] }))).toContain(
      'data_offsets of "w" must be at most the 8 bytes of data, got [8, 16].'
    );
  });

  it('refuses offsets that do not fit shape and dtype', () => {
    expect(messageOf(oneEntry({ dtype: 'F16', shape: [2, 3], data_offsets: [0, 8] }))).toContain(
      'size of "w" must be the 12 bytes of shape [2, 3] in F16, got 8 bytes.'
    );
  });

  it('refuses shapes whose product is beyond all numbers', () => {
    const huge = Array.from({ length: 40 }, () => 2 ** 53 - 1);
    const file = oneEntry({ dtype: 'F32', shape: huge, data_offsets: [0, 8] });
    expect(messageOf(file)).toContain('size of "w" must be the Infinity bytes of shape a list of 40 entries');
  });

  it('refuses tensors that overlap, naming both', () => {
    const entry = { dtype: 'U8', shape: [4] };
    const header = { v: { ...entry, data_offsets: [0, 4] }, w: { ...entry, data_offsets: [3, 7] } };
    expect(messageOf(joinFile(JSON.stringify(header), new Uint8Array(7)))).toContain(
      'first byte of "w" must be after "v", which ends at 4, got 3.'
    );
  });

  it('refuses a hole before a tensor', () => {
    expect(messageOf(oneEntry({ dtype: 'U8', shape: [4], data_offsets: [4, 8] }))).toContain(
      'first byte of "w" must be 0, where the bytes before it end, got 4.'
    );
  });

  it('refuses bytes after the last tensor', () => {
    expect(messageOf(oneEntry({ dtype: 'U8', shape: [4], data_offsets: [0, 4] }))).toContain(
      'data must be 4 bytes long, where the last tensor ends, got 8 bytes.'
    );
  });

  it('refuses a truncated file, naming the tensor that is cut', () => {
    const file = makeSafetensors(PAIR);
    expect(messageOf(file.subarray(0, file.length - 1))).toContain(
      'data_offsets of "b" must be at most the 13 bytes'
    );
  });

  it('refuses a key that is there twice, in the header and in an entry, however it is spelled', () => {
    const entry = '{"dtype":"U8","shape":[1],"data_offsets":[0,1]}';
    const twice = `{"w\\"":${entry},"w\\u0022":${entry}}`;
    expect(messageOf(joinFile(twice, new Uint8Array(1)))).toContain(
      'header key "w\\"" must be there once, got a second'
    );
    const inEntry = '{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,1],"dtype":"U8"}}';
    expect(messageOf(joinFile(inEntry, new Uint8Array(1)))).toContain(
      'header key "dtype" must be there once'
    );
  });

  it('keeps a long name short in the message', () => {
    const file = joinFile(`{"${'n'.repeat(100_000)}":7}`);
    expect(messageOf(file).length).toBeLessThan(400);
  });

  it('survives a header nested a hundred thousand deep', () => {
    const depth = 100_000;
    for (const value of [
      '['.repeat(depth) + ']'.repeat(depth),
      '{"a":'.repeat(depth) + '0' + '}'.repeat(depth)
    ]) {
      expect(messageOf(joinFile(`{"w":${value}}`))).toContain('"w"');
      expect(messageOf(joinFile(`{"w":{"dtype":${value}}}`))).toContain('dtype of "w"');
    }
  });
});

describe('safetensorsHeaderLength(start, fileLength)', () => {
  it('reads 8 little-endian bytes, at any place of a larger array', () => {
    const start = Uint8Array.of(255, 0x34, 0x12, 0, 0, 0, 0, 0, 0);
    expect(safetensorsHeaderLength(start.subarray(1), 10_000)).toBe(0x1234);
  });
});

describe('parseSafetensorsHeader(headerBytes, dataLength)', () => {
  it('needs no data', () => {
    const header = '{"w":{"dtype":"BF16","shape":[5,2],"data_offsets":[0,20]}}';
    const entries = parseSafetensorsHeader(new TextEncoder().encode(header), 20);
    expect([...entries.values()]).toEqual([{ name: 'w', dtype: 'BF16', shape: [5, 2], begin: 0, end: 20 }]);
  });
});

describe('toFloat32(view)', () => {
  const values = [1, -0.5, 0.25, -2];

  it.each(['F32', 'F16', 'BF16'] as const)('reads %s at every alignment', (dtype) => {
    const encoded = encodeFloats(values, dtype);
    for (let shift = 0; shift < 4; shift++) {
      const bytes = concat([new Uint8Array(shift).fill(0xee), encoded]).subarray(shift);
      expect([...toFloat32({ name: 'w', dtype, shape: [4], bytes })]).toEqual(values);
    }
  });

  it("copies, also out of Node's Buffer", () => {
    const bytes = Buffer.from(encodeFloats(values, 'F32'));
    const read = toFloat32({ name: 'w', dtype: 'F32', shape: [4], bytes });
    bytes.fill(0xff);
    expect([...read]).toEqual(values);
  });

  it('refuses any other dtype, naming the tensor', () => {
    const read = () => toFloat32({ name: 'w', dtype: 'I64', shape: [1], bytes: new Uint8Array(8) });
    expect(read).toThrow(WeightsError);
    expect(read).toThrow(
      'toFloat32: dtype of "w" must be F64, F32, F16 or BF16, got "I64". Save the checkpoint'
    );
  });
});
