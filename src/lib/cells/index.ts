/** Runs the cells of a lesson: no page and no worker in it. */
export { compileCell, type CompiledCell } from './program.ts';
export { checkedOutcome } from './check-outcome.ts';
export { describeValue, ResultError } from './describe.ts';
export { CellSession } from './session.ts';
export { HINTS, type CellHint } from './hints.ts';
export type * from './types.ts';
