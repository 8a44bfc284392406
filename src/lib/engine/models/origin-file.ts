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
}

/** A file that the reader chose. */
export function blobFile(blob: Blob): OriginFile {
  return {
    length: blob.size,
    etag: null,
    ranged: true,
    stream: (begin, end) => readBody(blob.slice(begin, end ?? blob.size).stream())
  };
}

/** The chunks of a body; it is cancelled where the reader stops early. */
export async function* readBody(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = body.getReader();
  let finished = false;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
    finished = true;
  } finally {
    if (!finished) await reader.cancel().catch(() => {}); // the error that ended it is on its way already
  }
}
