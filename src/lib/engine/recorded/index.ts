/** Opening and writing recorded runs: what the page fetches when the first one is opened or saved. */
export { openArrays } from './open-arrays';
export { openRecording } from './open-recording';
export { recordRun, saveTrace, type RecordRequest } from './record-run';
