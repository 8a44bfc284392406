import type { RunArrays } from '../../lib/gpt2/recording/from-arrays';
import type { Trace } from '../../lib/gpt2/trace/trace';

/** The views that an element can draw. */
export type LensViewName = 'attention' | 'lens' | 'next-token' | 'residual' | 'flow';

/** What is selected in a picture; pictures of one group share it. */
export interface LensSelection {
  readonly layer: number;
  readonly head: number;
  /** null: the last one. */
  readonly position: number | null;
  /** null: the one that the head attends to most. */
  readonly key: number | null;
}

/** What a picture draws: a recorded run (a file, its bytes or its address), a trace, or arrays. */
export type LensRun =
  | { readonly kind: 'recording'; readonly from: Blob | Uint8Array | ArrayBuffer | string }
  | { readonly kind: 'trace'; readonly trace: Trace }
  | { readonly kind: 'arrays'; readonly given: RunArrays };

export type { GivenArray, RunArrays } from '../../lib/gpt2/recording/from-arrays';
