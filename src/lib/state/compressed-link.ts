/**
 * Long links, compressed: the fields of a link as `z:` and base64url letters. The letter says how it was made (z: deflate
 * without a header), so that another way can have another one; links without it stay as they are.
 */
const MARK = 'z:';
const COMPRESSED = /^#?z:([\w-]+)$/;
const MOST_LETTERS = 200_000; // of the fields: a prompt has 20,000 characters at most

/** The fields of a link, compressed; as they are where that is no shorter. */
export async function compressFields(fields: string): Promise<string> {
  const stream = new Blob([fields]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  const compressed = MARK + btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return compressed.length < fields.length ? compressed : fields;
}

/** The fields of a compressed fragment; null where it is damaged, or far longer than any link. Never throws. */
export async function expandFragment(fragment: string): Promise<string | null> {
  const letters = COMPRESSED.exec(fragment)?.[1];
  if (!letters) return null;
  try {
    const bytes = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0)
    );
    return await textOf(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')));
  } catch {
    return null;
  }
}

/** Reads a stream as UTF-8, and gives up where a small file grows without end. */
async function textOf(stream: ReadableStream<Uint8Array>): Promise<string | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = stream.getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length <= MOST_LETTERS) continue;
    await reader.cancel();
    return null;
  }
}
