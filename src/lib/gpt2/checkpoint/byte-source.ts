/** A large file that is read once, from its first byte to its last, wherever it comes from. */
export interface ByteSource {
  /** Bytes of the whole file; null where it is unknown. */
  readonly length: number | null;
  /** The file in chunks of any size; a chunk is valid until the next one is asked for. */
  stream(): AsyncIterable<Uint8Array>;
}

const CHUNK_BYTES = 2 ** 20;

/** A file that is in memory as a source. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
    }
  };
}
