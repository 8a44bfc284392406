/** A file where it is published: on a server or on the reader's disk. */
export interface OriginFile {
  /** Bytes of the whole file; null where it is unknown, or where it may be the length of a compressed copy. */
  readonly length: number | null;
  /** What the length may be where `length` is null: for showing how far it is. */
  readonly guess?: number | null;
  /** Changes when the file changes; null where nobody gives one. */
  readonly etag: string | null;
  /** True if a part can be had without the bytes before it, and is known to be of the same file. */
  readonly ranged: boolean;
  /** What arrives is checked by a hash at its end: parts may be joined without the server's word for it. */
  hasHash?: boolean;
  /** What the server says its hub knows of the file; absent where it says nothing. */
  readonly linkedEtag?: string;
  /** The commit that the hub answers with. */
  readonly commit?: string | null;
  /**
   * The bytes from `begin` to `end` (null: to the end of the file), in chunks.
   *
   * @param before the bytes that lie before `begin`, as far as they are at hand: a part of another file gives itself away
   */
  stream(begin: number, end: number | null, before?: Uint8Array): AsyncIterable<Uint8Array>;
  /** Gives up what was asked for and not read. */
  cancel(): void;
}

/** A file that the reader chose. */
export function blobFile(blob: Blob): OriginFile {
  return {
    length: blob.size,
    etag: null,
    ranged: true,
    stream: (begin, end) => readBlob(blob, begin, end ?? blob.size),
    cancel: () => {}
  };
}

const BUFFER_BYTES = 2 ** 20;
const PIECE_BYTES = 2 ** 22;

/**
 * A blob in pieces. Its own stream is not used: Chromium's sometimes gives nothing and never ends, where the blob comes from
 * the Cache API and another worker has just been ended.
 */
async function* readBlob(blob: Blob, begin: number, end: number): AsyncIterable<Uint8Array> {
  for (let at = begin; at < end; at += PIECE_BYTES) {
    yield new Uint8Array(await blob.slice(at, Math.min(end, at + PIECE_BYTES)).arrayBuffer());
  }
}

/**
 * The chunks of a body, each valid until the next is asked for; the body is cancelled where the reader stops early.
 *
 * Memory: one buffer for all chunks where the browser can fill one; otherwise a new one for each.
 *
 * @param listen waits for each read
 */
export async function* readBody(
  body: ReadableStream<Uint8Array>,
  listen: <T>(read: Promise<T>) => Promise<T> = (read) => read
): AsyncIterable<Uint8Array> {
  const { read, cancel } = fillingReader(body) ?? plainReader(body);
  let finished = false;
  try {
    for (let chunk = await listen(read()); chunk; chunk = await listen(read())) yield chunk;
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
