import type { ByteSource } from '../../gpt2/index.ts';
import type { KeptFile } from './store.ts';

const CHUNK_BYTES = 2 ** 20;

/** The first `size` bytes of a kept file; one buffer serves every chunk. */
export async function* readKept(file: KeptFile, size: number): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(Math.min(CHUNK_BYTES, size));
  for (let at = 0; at < size;) {
    const count = await file.read(buffer.subarray(0, Math.min(buffer.length, size - at)), at);
    if (count === 0) return; // shorter than it was: whoever reads the bytes notices
    yield buffer.subarray(0, count);
    at += count;
  }
}

/** A kept file as a source; it is closed where the reader stops. */
export function keptSource(file: KeptFile, onbytes: (count: number) => void): ByteSource {
  return {
    length: file.size(),
    async *stream() {
      try {
        for await (const chunk of readKept(file, file.size())) {
          onbytes(chunk.length);
          yield chunk;
        }
      } finally {
        await file.close();
      }
    }
  };
}
