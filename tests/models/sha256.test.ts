import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSha256 } from '../../src/lib/engine/models/sha256.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 256);
const CHUNKS = [BYTES.subarray(0, 1), BYTES.subarray(1, 640), BYTES.subarray(640)];
/** FIPS 180-2, appendix B.1: the digest of "abc". */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

async function hashOf(chunks: Uint8Array[], length: number | null): Promise<string> {
  const hash = await startSha256(length);
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest();
}

describe('startSha256(length)', () => {
  const ways = [
    ['as it arrives, where the length is not known', () => null],
    ['whole, where the length is known', (bytes: Uint8Array) => bytes.length],
    ['as it arrives, where it is too long to hold', () => 2 ** 27]
  ] as const;

  it.each(ways)('hashes a file %s', async (_, lengthOf) => {
    const abc = new TextEncoder().encode('abc');
    expect(await hashOf([abc], lengthOf(abc))).toBe(ABC);
    const expected = createHash('sha256').update(BYTES).digest('hex');
    expect(await hashOf(CHUNKS, lengthOf(BYTES))).toBe(expected);
  });

  it('keeps a chunk whose buffer is filled again', async () => {
    const hash = await startSha256(BYTES.length);
    const buffer = BYTES.slice(0, 500);
    hash.update(buffer);
    buffer.set(BYTES.subarray(500));
    hash.update(buffer);
    expect(await hash.digest()).toBe(createHash('sha256').update(BYTES).digest('hex'));
  });

  it('hashes a file that ends too early or too late by other bytes than the right one', async () => {
    const right = createHash('sha256').update(BYTES).digest('hex');
    expect(await hashOf([BYTES.subarray(0, 999)], 1000)).not.toBe(right);
    expect(await hashOf([BYTES.subarray(1), BYTES.subarray(1)], 1000)).not.toBe(right);
  });
});
