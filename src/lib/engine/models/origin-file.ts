/** A file where it is published: on a server or on the reader's disk. */
export interface OriginFile {
  /** Bytes of the whole file; null where nobody says. */
  readonly length: number | null;
  /** Changes when the file changes; null where nobody gives one. */
  readonly etag: string | null;
  /** True if a part can be had without the bytes before it. */
  readonly ranged: boolean;
  /** The bytes from `begin` to `end` (null: to the end of the file), in chunks. */
  stream(begin: number, end: number | null): AsyncIterable<Uint8Array>;
  /** Gives up what was asked for and not read. */
  cancel(): void;
}

/** A file that the reader chose. */
export function blobFile(blob: Blob): OriginFile {
  return {
    length: blob.size,
    etag: null,
    ranged: true,
    stream: (begin, end) => readBody(blob.slice(begin, end ?? blob.size).stream()),
    cancel: () => {}
  };
}

const BUFFER_BYTES = 2 ** 20;

/**
 * The chunks of a body, each valid until the next is asked for; the body is cancelled where the reader stops early.
 *
 * Memory: one buffer for all chunks where the browser can fill one; otherwise a new one for each.
 */
export async function* readBody(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const { read, cancel } = fillingReader(body) ?? plainReader(body);
  let finished = false;
  try {
    for (let chunk = await read(); chunk; chunk = await read()) yield chunk;
    finished = true;
  } finally {
    if (!finished) await cancel().catch(() => {}); // the error that ended it is on its way already
  }
}

interface ChunkReader {
  /** null at the end. */
  read(): Promise<Uint8Array | null>;
  cancel(): Promise<void>;
}

function fillingReader(body: ReadableStream<Uint8Array>): ChunkReader | null {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = body.getReader({ mode: 'byob' });
  } catch {
    return null; // this browser's bodies cannot fill a buffer
  }
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  return {
    async read() {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (done || !value) return null;
      buffer = value.buffer;
      return value;
    },
    cancel: () => reader.cancel()
  };
}

function plainReader(body: ReadableStream<Uint8Array>): ChunkReader {
  const reader = body.getReader();
  return { read: async () => (await reader.read()).value ?? null, cancel: () => reader.cancel() };
}
