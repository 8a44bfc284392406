import { mustBe, readRecording, RecordingError } from '$lib/gpt2';
import { RecordedEngine } from './recorded-engine';

const ENDING = '.lens';
const NAME = /^[\w.-]+$/;
const ADVICE = 'Save the file and drop it on the page.';

/**
 * A recorded run as an engine.
 *
 * @param from a file, the name of one in `folder`, or an address of this site
 * @param folder address of static/recordings, ending in `/`
 * @param onneed hears that something was asked for that needs weights
 * Throws: RecordingError if it cannot be fetched or is no recorded run.
 */
export async function openRecording(
  from: string | Blob,
  folder: string,
  onneed: () => void
): Promise<RecordedEngine> {
  const bytes = typeof from === 'string' ? await fetched(addressOf(from, folder)) : await from.arrayBuffer();
  return new RecordedEngine(readRecording(new Uint8Array(bytes)), onneed);
}

/** Throws: RecordingError if it is an address of another site: the page fetches from its own alone. */
function addressOf(from: string, folder: string): URL {
  if (NAME.test(from)) return new URL(from.endsWith(ENDING) ? from : `${from}${ENDING}`, folder);
  const url = URL.canParse(from, folder) ? new URL(from, folder) : null;
  if (url?.origin === new URL(folder).origin) return url;
  throw new RecordingError(mustBe('openRecording: address', 'one of this site', from, ADVICE));
}

async function fetched(url: URL): Promise<ArrayBuffer> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new RecordingError(mustBe(`openRecording: ${url.pathname}`, 'served', 'no answer', ADVICE), {
      cause: error
    });
  });
  if (!response.ok) {
    const status = `status ${response.status}`;
    throw new RecordingError(mustBe(`openRecording: ${url.pathname}`, 'served', status, ADVICE));
  }
  return response.arrayBuffer();
}
