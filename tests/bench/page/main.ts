/** What the benchmark's driver reaches as `window.bench`: both engines, timed from the page, as a reader waits. */
import { compareOutputs } from './compare-outputs';
import { OrtEngine } from './ort-engine';
import { OurEngine } from './our-engine';

const bench = { ours: new OurEngine(), ort: new OrtEngine(), compareOutputs };

declare global {
  interface Window {
    bench: typeof bench;
  }
}

window.bench = bench;
