import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeKept, parseRecord } from '../../src/lib/engine/models/index.ts';

describe('parseRecord(text), describeKept(name, record, sizes)', () => {
  it('take any JSON, and anything else', () => {
    const file = fc.oneof(
      fc.json(),
      fc.record({ bytes: fc.anything(), etag: fc.anything(), complete: fc.anything() })
    );
    const near = fc
      .record({
        version: fc.constantFrom(1, 2, '1'),
        url: fc.oneof(fc.string(), fc.anything()),
        files: fc.anything()
      })
      .map((value) => JSON.stringify(value));
    const nearer = fc
      .dictionary(fc.string(), file)
      .map((files) => JSON.stringify({ version: 1, url: '', files }));
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), near, nearer), (content) => {
        const record = parseRecord(content);
        const { bytes, totalBytes } = describeKept('m', record, [3, 4]);
        expect(bytes).toBe(7);
        expect(totalBytes).toBeGreaterThanOrEqual(7);
      }),
      { numRuns: 2000 }
    );
  });

  it('read what earlier versions wrote', () => {
    const file = { bytes: 4, etag: null, sha256: 'aa', complete: true };
    const old = {
      version: 1,
      url: 'https://a.example/',
      files: { 'config.json': file, 'model.safetensors': file }
    };
    expect(parseRecord(JSON.stringify(old))).toMatchObject({ whole: true, licence: null });
  });
});
