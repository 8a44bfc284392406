import { plural } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The self-check page: a model and this device held beside known answers. */
export const checkWords = inLanguage('checkWords', {
  title: 'Self-check',
  lead: 'This page runs the model on your device and compares its numbers with those of another program. Nothing is sent anywhere.',
  open: 'Check this device',
  openHelp: 'Compares the numbers of this model on your device with those of Hugging Face, on every backend.',
  model: 'Model',
  backends: 'Backends',
  slowOnCpu: 'cpu is not chosen at first: with this model it takes minutes.',
  start: 'Start the check',
  stop: 'Stop',
  values: 'Values to check against',
  valuesStored: 'The values that come with this page, made by Hugging Face transformers.',
  valuesNone:
    'No values of this model come with the page. Its backends and its speed are checked, and for GPT-2 small the values that the source notebooks print.',
  valuesOwn: (model: string, prompts: number) =>
    `Your values of ${model}: ${plural(prompts, { one: 'one prompt', other: `${prompts} prompts` })}.`,
  valuesHelp:
    'Drop, choose or paste a JSON file of values here. `scripts/fixtures/make_check_values.py` writes one from Hugging Face for any model.',
  valuesFile: 'Choose a file of values',
  valuesPaste: 'Paste values (JSON)',
  valuesUse: 'Use these values',
  valuesRemove: 'Remove your values',
  valuesPasted: 'pasted values',
  valuesRefused: (detail: string) => `These values cannot be used (${detail}).`,

  waiting:
    'Press “Start the check”. It takes some seconds for the embedded model, and minutes for GPT-2 small.',
  running: (backend: string, count: number) =>
    `Checking on ${backend}: ${plural(count, { one: 'one check', other: `${count} checks` })} so far.`,
  passed: (count: number, backends: string) =>
    `${plural(count, { one: 'The one check passes', other: `All ${count} checks pass` })} on ${backends}.`,
  failed: (failed: number, count: number) =>
    `${failed} of ${count} checks fail. The table says which, and the list under it where.`,
  nothingStarted: 'No backend could be checked.',
  stopped: 'Stopped. What was checked until then is below.',
  notStarted: (backend: string, reason: string) => `${backend} was not checked: ${reason}`,
  notBegun: (detail: string) =>
    `The check could not begin (${detail}). Check the connection and reload the page.`,

  results: 'Results',
  resultsCaption: 'What was checked, and the largest difference on each backend',
  check: 'check',
  compared: 'numbers compared',
  pass: 'passes',
  fail: 'fails',
  notComputed: 'not computed',
  failedOf: (failed: number, rows: number) => `${failed} of ${rows} fail`,
  same: 'the same',
  groups: {
    problem: 'Small problems with known answers',
    tokens: 'Texts and their tokens',
    activation: 'Activations: largest difference over all blocks and prompts',
    source: 'Values that the source notebooks print'
  },
  tolerance:
    'An activation may differ by 0.0001 plus a hundred-thousandth of its size: float32 sums in another order differ by that much, and a wrong formula by more.',
  failures: 'What fails',
  failureOf: (backend: string, name: string, prompt: string) => `${backend}: ${name}, prompt ${prompt}`,
  moreFailures: (count: number) => `${count} more are in the exported file.`,

  device: 'Speed and memory',
  deviceCaption: 'Speed and memory on each backend',
  measure: 'measure',
  threads: 'threads',
  passOf: (T: number) => `a pass of ${T} tokens with every activation`,
  milliseconds: (text: string) => `${text} ms`,
  tokensPerSecond: 'tokens a second, greedy',
  memory: 'memory of the model on the backend',
  leaked: 'tensors left behind by the checks',

  browser: 'This browser',
  browserAll: 'It has everything that the page can make use of.',
  features: {
    webassembly: 'WebAssembly',
    simd: 'SIMD in WebAssembly',
    threads: 'threads that share memory',
    webgl: 'WebGL 2 in a worker',
    store: 'private files, where models are kept',
    persisted: 'kept files are safe from being cleared',
    offline: 'the page is kept for opening without the internet',
    locks: 'locks between tabs',
    memoryKnown: 'the size of the device’s memory'
  },
  without: {
    webassembly: 'The wasm backend does not start; cpu is many times slower.',
    simd: 'The wasm backend takes its slow path.',
    threads: 'The wasm backend computes on one thread.',
    webgl: 'No GPU is used.',
    store: 'Models are kept in the browser’s cache, or not at all.',
    persisted: 'The browser may delete kept models when room is short.',
    offline: 'Open the page once more, over https or on localhost, to keep it.',
    locks: 'Two tabs may fetch the same model twice.',
    memoryKnown: 'The page cannot warn before a model that is too large.'
  },
  has: 'yes',
  lacks: 'missing',

  saveJson: 'Save as JSON',
  saveCsv: 'Save as CSV',
  copyLink: 'Copy link',
  saved: (name: string) => `Saved ${name}.`
});
