import { TransferError, type ByteSource } from '../../gpt2/index.ts';
import { startXxh64 } from './digest.ts';
import type { KeptFile } from './store.ts';

const CHUNK_BYTES = 2 ** 20;

/** The first `size` bytes of a kept file; one buffer serves every chunk. */
export async function* readKept(file: KeptFile, size: number): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(Math.min(CHUNK_BYTES, size));
  for (let at = 0; at < size;) {
    const count = await file.read(buffer.subarray(0, Math.min(buffer.length, size - at)), at);
    if (count === 0) return; // shorter than it was: the reader of the bytes notices
    yield buffer.subarray(0, count);
    at += count;
  }
}

/**
 * A kept file as a source; it is closed where the reader stops.
 *
 * Throws (from the stream, at its end): TransferError if the bytes are not those that were kept.
 *
 * @param xxh64 of the bytes when they were kept; null where it was not written down
 */
export function keptSource(
  file: KeptFile,
  name: string,
  xxh64: string | null,
  onbytes: (count: number) => void
): ByteSource {
  return {
    length: file.size(),
    async *stream() {
      const hash = xxh64 === null ? null : await startXxh64();
      try {
        for await (const chunk of readKept(file, file.size())) {
          hash?.update(chunk);
          onbytes(chunk.length);
          yield chunk;
        }
      } finally {
        await file.close();
      }
      const found = (await hash?.digest()) ?? null;
      if (found !== xxh64) refuseDamaged(name, xxh64, found);
    }
  };
}

/** Whether the bytes are those that were kept; true where nothing was written down to compare with. */
export async function isUndamaged(file: KeptFile, xxh64: string | null): Promise<boolean> {
  if (xxh64 === null) return true;
  const hash = await startXxh64();
  for await (const chunk of readKept(file, file.size())) hash.update(chunk);
  return (await hash.digest()) === xxh64;
}

function refuseDamaged(name: string, expected: string | null, actual: string | null): never {
  const advice = 'The copy on this device is damaged; it is fetched again.';
  throw new TransferError(`model: kept ${name} must have xxHash64 ${expected}, got ${actual}. ${advice}`, {
    isDamage: true
  });
}
