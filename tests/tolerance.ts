/**
 * How far a number of ours may be from the reference: used by every comparison. The self-check of the page holds the same
 * one, so it is stated, with its reason, in src/lib/check/tolerance.ts.
 */
import { ACTIVATION, type Tolerance } from '../src/lib/check/tolerance.ts';

export { excess, type Tolerance } from '../src/lib/check/tolerance.ts';

export type ReferenceBackend = 'cpu' | 'wasm' | 'webgl';

/** Looser values for one backend and activation kind (`attn.hook_q`), each with the measurement that asks for it. */
const MEASURED: Readonly<Record<ReferenceBackend, Readonly<Record<string, Tolerance>>>> = {
  cpu: {},
  wasm: {},
  webgl: {}
};

/** The tolerance for an activation, by its full export name (`blocks.3.attn.hook_q`), on a backend. */
export function tolerance(backend: ReferenceBackend, name: string): Tolerance {
  const kind = name.replace(/^blocks\.\d+\./, '');
  return MEASURED[backend][kind] ?? ACTIVATION;
}
