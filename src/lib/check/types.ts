/** `problem`: small problems with known answers; `tokens`: texts and their ids; `activation`; `source`: a printed value. */
export const CHECK_GROUPS = ['problem', 'tokens', 'activation', 'source'] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];

/** One thing that was held beside a reference. */
export interface CheckRow {
  readonly group: CheckGroup;
  /** A problem, an activation's full name, a text as JSON, or a source value's id. */
  readonly name: string;
  /** Text that was run; null where none was. */
  readonly prompt: string | null;
  readonly status: 'pass' | 'fail' | 'not computed';
  /** Largest difference; null where something else than a number differs, or nothing was compared. */
  readonly difference: number | null;
  /** Numbers or ids that were compared. */
  readonly compared: number;
  /** Where the worst value stands, with both numbers; why nothing was compared; null where there is nothing to say. */
  readonly detail: string | null;
}

/** A forward pass of T tokens with every activation. */
export interface PassTime {
  readonly T: number;
  readonly milliseconds: number;
}

export interface Speed {
  readonly passes: readonly PassTime[];
  /** Greedy tokens of a short prompt a second. */
  readonly tokensPerSecond: number;
}

/** What the model takes on the device, and what the checks left of their own. */
export interface CheckMemory {
  readonly bytes: number;
  readonly tensors: number;
  /** Tensors more than before the checks: 0 unless something leaks. */
  readonly leaked: number;
}
