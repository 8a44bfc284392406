import { mustBe, readRecording, RecordingError } from '$lib/gpt2';
import { PassingError, Patience } from '../models/patience';
import { RecordedEngine } from './recorded-engine';

const ENDING = '.lens';
const NAME = /^[\w.-]+$/;
const ADVICE = 'Save the file and drop it on the page.';
/** Far above what GPT-2 XL's longest prompt takes in the page; an address may lead to a file of any size. */
const MOST_BYTES = 2 ** 30;

/**
 * A recorded run as an engine.
 *
 * @param from a file, the name of one in `folder`, or an address of this site
 * @param folder address of static/recordings, ending in `/`
 * @param onneed hears that something was asked for that needs weights
 * @param stallMs a silence after which its host is given up; the usual one of a download unless told
 * Throws: RecordingError if it cannot be fetched or is not a recorded run.
 */
export async function openRecording(
  from: string | Blob,
  folder: string,
  onneed: () => void,
  stallMs?: number
): Promise<RecordedEngine> {
  const bytes =
    typeof from === 'string' ? await fetched(addressOf(from, folder), stallMs) : await contentOf(from);
  return new RecordedEngine(readRecording(bytes), onneed);
}

async function contentOf(file: Blob): Promise<Uint8Array> {
  expectSize('openRecording: file', file.size);
  return new Uint8Array(await file.arrayBuffer());
}

function expectSize(where: string, bytes: number): void {
  if (bytes > MOST_BYTES)
    throw new RecordingError(mustBe(where, `at most ${MOST_BYTES} bytes`, bytes, ADVICE), {
      code: 'recordingSize',
      values: [MOST_BYTES, bytes]
    });
}

/** Throws: RecordingError if it is an address of another site: the page fetches from its own alone. */
function addressOf(from: string, folder: string): URL {
  if (NAME.test(from)) return new URL(from.endsWith(ENDING) ? from : `${from}${ENDING}`, folder);
  const url = URL.canParse(from, folder) ? new URL(from, folder) : null;
  if (url?.origin === new URL(folder).origin) return url;
  throw new RecordingError(mustBe('openRecording: address', 'one of this site', from, ADVICE), {
    code: 'recordingSite',
    values: [from]
  });
}

async function fetched(url: URL, stallMs: number | undefined): Promise<Uint8Array> {
  const where = `openRecording: ${url.pathname}`;
  const stop = new AbortController();
  const patience = new Patience(url.pathname, { stallMs });
  const heard = <T>(answer: Promise<T>) => patience.listen(answer, () => stop.abort());
  try {
    const response = await heard(fetch(url, { signal: stop.signal }));
    if (!response.ok) throw notServed(url, `status ${response.status}`, response.status);
    const reader = response.body!.getReader();
    const parts: BlobPart[] = [];
    let bytes = 0;
    for (;;) {
      const { done, value } = await heard(reader.read());
      if (done) return await contentOf(new Blob(parts));
      bytes += value.length;
      expectSize(where, bytes);
      parts.push(value);
    }
  } catch (error) {
    stop.abort();
    if (error instanceof RecordingError) throw error;
    const got = error instanceof PassingError ? error.message : 'no answer';
    throw notServed(url, got, null, error);
  }
}

function notServed({ pathname }: URL, got: string, status: number | null, cause?: unknown): RecordingError {
  const message = mustBe(`openRecording: ${pathname}`, 'served', got, ADVICE);
  return new RecordingError(message, { code: 'recordingServed', values: [pathname, status] }, { cause });
}
