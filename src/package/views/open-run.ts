import { fetchOpenTrace, fetchRecordings, type RecordedEngine } from '$lib/engine';
import type { LensRun } from './types';

/**
 * What an element draws, as an engine.
 *
 * @param onneed hears that something was asked for that needs weights
 * Throws: RecordingError, InputError or ConfigError that says what is wrong with it.
 */
export async function openRun(run: LensRun, onneed: () => void): Promise<RecordedEngine> {
  if (run.kind === 'trace') return (await fetchOpenTrace())(run.trace, onneed);
  const { openArrays, openRecording } = await fetchRecordings();
  if (run.kind === 'arrays') return openArrays(run.given, onneed);
  const { from } = run;
  if (typeof from === 'string') {
    const address = new URL(from, document.baseURI).href;
    return openRecording(address, address, onneed);
  }
  const blob = from instanceof Blob ? from : new Blob([from as BlobPart]);
  return openRecording(blob, document.baseURI, onneed);
}
