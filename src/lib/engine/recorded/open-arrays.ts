import { recordingOfArrays, type RunArrays } from '$lib/gpt2';
import { version } from '../../../../package.json';
import { RecordedEngine } from './recorded-engine';

/** A run's arrays, given by name, as an engine.  Memory, throws: as `recordingOfArrays`. */
export function openArrays(given: RunArrays, onneed: () => void): RecordedEngine {
  const made = { date: new Date().toISOString(), tool: 'gpt2-lens', version };
  return new RecordedEngine(recordingOfArrays(given, made), onneed);
}
