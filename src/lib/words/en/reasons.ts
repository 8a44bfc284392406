import { inLanguage } from '../spoken.svelte';

/** Why something is not as it could be, by the code that the engine gives; inside brackets or after a colon. */
export const reasonWords = inLanguage('reasonWords', {
  noWebglInWorker: 'this browser has no WebGL in a worker',
  noWebgl2: 'this device offers no WebGL 2',
  softwareWebgl: 'WebGL runs in software here; wasm is faster',
  webglNotStarted: 'WebGL did not start',
  wasmNotStarted: 'WebAssembly did not start',
  cpuNotStarted: 'the plain JavaScript backend did not start',
  brokeDown: 'it broke down',
  wrongArithmetic: (error: string) => `its arithmetic is off by ${error}`,
  scriptMissing: 'its script could not be loaded',
  noAnswer: 'it does not answer',
  answered: (status: string) => `its answer is HTTP ${status}`,
  slower: 'it is slower here',
  noStorage: 'this browser offers no place for it',
  storageFull: 'no room is left',
  /** What the browser or another program says itself. */
  said: (text: string) => text
});
