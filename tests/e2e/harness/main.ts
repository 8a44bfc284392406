/** What the tests reach as `window.harness` in the page: the engine's client, and the comparison with the references. */
import { Engine, isCancelled } from '$lib/engine';
import { compareEdits } from './compare-edits';
import { comparePrompt } from './compare-prompt';
import { model, open } from './engines';
import { longUse } from './long-use';
import { compareWebglKernels } from './webgl-kernels';

const harness = {
  Engine,
  isCancelled,
  model,
  open,
  compareEdits,
  comparePrompt,
  compareWebglKernels,
  longUse
};

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
