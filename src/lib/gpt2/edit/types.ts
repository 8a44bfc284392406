/** Edits are data: where in a run, and what happens there. They stand in links and on the command line; see `formatEdits`. */
import type { Trace } from '../trace/trace.ts';
import type { EditName } from './places.ts';
import type { PlainChangeName } from './plain-changes.ts';

/** Where. Left out: every head, neuron or position. */
export interface EditPlace {
  /** An activation's name, as `Trace.read` takes it. */
  readonly name: EditName;
  /** From 0; left out for what a model has once (`embed`, `ln_final.scale`). */
  readonly layer?: number;
  /** Of q, k, v, attn_scores, pattern, z and result. */
  readonly head?: number;
  /** Of mlp.pre and mlp.post. */
  readonly neuron?: number;
  /** Rows that change; of attn_scores and pattern the queries. */
  readonly positions?: readonly number[];
}

/** Where the vector that an `add` adds comes from. */
export type Direction =
  /** The token's row of wte. */
  | { readonly token: number }
  /** The other run's activation at the same place less this run's, both at one position. */
  | { readonly difference: number };

/** What happens. */
export type Change =
  /** One that needs nothing but the value. */
  | { readonly kind: PlainChangeName }
  /** Is multiplied. */
  | { readonly kind: 'scale'; readonly by: number }
  /** Becomes its mean over this prompt's positions, or over the reference prompts at the same position. */
  | { readonly kind: 'mean'; readonly over: 'positions' | 'references' }
  /** Becomes what the other run has there; `from`: at these positions of it, one for each of `positions`. */
  | { readonly kind: 'patch'; readonly from?: readonly number[] }
  /** Gains a direction times a number. */
  | { readonly kind: 'add'; readonly times: number; readonly direction: Direction }
  /** Stays as it is in the unedited run, whatever edits before it do. */
  | { readonly kind: 'freeze' };

export type Edit = EditPlace & Change;

/** The runs that edits take values from; none of them is changed or disposed. */
export interface EditSources {
  /** The unedited run of the same ids: its blocks below the first edit are shared, and `freeze` reads it. Made where it is missing. */
  readonly base?: Trace;
  /** What `patch` and `difference` read: any run of a model with the same sizes. */
  readonly other?: Trace;
  /** What `mean` over references reads. */
  readonly references?: readonly Trace[];
}
