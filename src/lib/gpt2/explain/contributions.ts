import { InputError, mustBe } from '../errors.ts';
import { nextTask } from '../next-task.ts';
import { readsAtOnce } from '../ops/joined-reads.ts';
import { lookAtEach } from '../ops/look-at.ts';
import type { Trace } from '../trace/trace.ts';
import { logitDirection, projectOn } from './logit-direction.ts';
import type { SourceParts } from './source-parts.ts';

/** How one position's stream came about, block by block. S = position + 1 sources, the position itself last. */
export interface Contributions {
  readonly position: number;
  /** Share of resid_mid that the row's own stream (resid_pre and c_proj's bias) has, [n_layer]. */
  readonly own: Float32Array;
  /** Share of resid_mid that all heads write from each source, [n_layer, S]; with `own` a block's shares sum to 1. */
  readonly shares: Float32Array;
  /** Each head's part of a source's share by the L1 norm of what it writes; sums to 1, [n_layer, S, n_head]. */
  readonly heads: Float32Array;
  /** Attention of each head, [n_layer, S, n_head]; probabilities. */
  readonly pattern: Float32Array;
  /** What is written from each source adds to the logit of `token`, nats, [n_layer, S]; zeros without a token. */
  readonly logits: Float32Array;
}

export interface ContributionOptions {
  /** Token whose logit the parts are projected on, with the scale of ln_f as it is in this run. */
  readonly token?: number;
  /** Stops between two blocks. */
  readonly signal?: AbortSignal;
}

/**
 * What each earlier position brings to one row: the row after attention, y = resid_mid, is a sum of parts T_i (its own
 * stream with c_proj's bias, and what all heads write from each source);
 *
 *     share_i is proportional to max(0, ‖y‖₁ − ‖y − T_i‖₁), normalised to 1.
 *
 * A part that the rest cancels has a share of 0.
 *
 * Shapes: as in `Contributions`.
 * Memory: the arrays are the caller's; on the device nothing stays but blocks within the trace's budget.
 * Throws: InputError if the position or token is out of range; the signal's reason once it is aborted.
 * Source: Ferrando et al. (2022), "Measuring the Mixing of Contextual Information in the Transformer", equation 11,
 *         as the LLM Transparency Tool uses it.
 */
export async function contributions(
  trace: Trace,
  position: number,
  { token, signal }: ContributionOptions = {}
): Promise<Contributions> {
  const tokens = token === undefined ? undefined : [token];
  const [found] = await contributionsOf(trace, [position], { tokens, signal });
  return found;
}

/**
 * As `contributions`, of several rows: each block is gone through once, and what a head writes is computed once for all.
 *
 * @param tokens one for each position
 *
 * Memory, throws: as `contributions`.
 */
export async function contributionsOf(
  trace: Trace,
  positions: readonly number[],
  { tokens, signal }: { readonly tokens?: readonly number[]; readonly signal?: AbortSignal } = {}
): Promise<Contributions[]> {
  const { n_layer, n_head, n_embd } = trace.model.config;
  for (const position of positions) expectPosition(position, trace.ids.length);
  const found = positions.map((position) => emptyContributions(trace, position));
  const asked = (tokens ?? []).map((token, at) => logitDirection(trace, positions[at], token));
  const directions = Promise.all(asked);
  directions.catch(() => {}); // every block waits for them and fails with them
  const numbers = (n_head + positions.length) * (Math.max(...positions) + 1) * n_embd;
  const atOnce = Math.max(1, readsAtOnce(numbers));
  const layers = Array.from({ length: n_layer }, (_, layer) => layer);
  for (let first = 0; first < n_layer; first += atOnce) {
    if (first > 0) await nextTask();
    await lookAtEach(layers.slice(first, first + atOnce), async (layer) => {
      for await (const [at, block] of blockContributions(trace, layer, positions, signal))
        addBlock(found[at], layer, block, (await directions)[at]);
    });
  }
  return found;
}

function emptyContributions(trace: Trace, position: number): Contributions {
  const { n_layer, n_head } = trace.model.config;
  const S = position + 1;
  return {
    position,
    own: new Float32Array(n_layer),
    shares: new Float32Array(n_layer * S),
    heads: new Float32Array(n_layer * S * n_head),
    pattern: new Float32Array(n_layer * S * n_head),
    logits: new Float32Array(n_layer * S)
  };
}

function addBlock(
  found: Contributions,
  layer: number,
  { own, shares, heads, parts }: BlockContributions,
  direction: Float64Array | undefined
): void {
  found.own[layer] = own;
  found.shares.set(shares, layer * shares.length);
  found.heads.set(heads, layer * heads.length);
  found.pattern.set(parts.pattern, layer * heads.length);
  if (direction) found.logits.set(projectOn(parts.written, direction), layer * shares.length);
}

/** One block's `Contributions` to one row: `own`, shares [S] and heads [S, n_head], and the parts that they are shares of. */
export interface BlockContributions {
  readonly own: number;
  readonly shares: Float32Array;
  readonly heads: Float32Array;
  readonly parts: SourceParts;
}

/** Parts of so many values are held at a time: 32 MB. */
const MOST_VALUES = 2 ** 23;

/**
 * What one block brings to some rows, as `contributions`: each with its place in `positions`.
 *
 * Memory: the parts of a few rows at a time.
 * Throws: the signal's reason once it is aborted.
 */
export async function* blockContributions(
  trace: Trace,
  layer: number,
  positions: readonly number[],
  signal?: AbortSignal
): AsyncGenerator<readonly [at: number, found: BlockContributions], void, void> {
  const { n_head, n_embd } = trace.model.config;
  const each = Math.max(1, Math.floor(MOST_VALUES / ((Math.max(...positions) + 1) * n_embd)));
  for (let first = 0; first < positions.length; first += each) {
    if (first > 0) await nextTask();
    signal?.throwIfAborted();
    const some = positions.slice(first, first + each);
    const [made, before] = await Promise.all([
      trace.sourcePartsOf(layer, some),
      Promise.all(some.map((position) => trace.row('resid_pre', layer, position)))
    ]);
    for (const [index, parts] of made.entries()) {
      const { own, sources } = shareOut(before[index], parts);
      yield [first + index, { own, shares: sources, heads: headParts(parts.sizes, n_head), parts }];
    }
  }
}

/** Shares of a row's own stream and of each source in the row after attention. */
function shareOut(
  resid_pre: Float32Array,
  { written, bias }: SourceParts
): { own: number; sources: Float32Array } {
  const n_embd = resid_pre.length;
  const S = written.length / n_embd;
  const own = Float64Array.from(resid_pre, (value, i) => value + bias[i]);
  const row = own.slice();
  for (let i = 0; i < written.length; i++) row[i % n_embd] += written[i];
  const size = l1(row);
  const ownGain = Math.max(0, size - distance(row, own, 0));
  const gains = Float64Array.from({ length: S }, (_, s) =>
    Math.max(0, size - distance(row, written, s * n_embd))
  );
  const total = gains.reduce((sum, gain) => sum + gain, ownGain);
  const share = (gain: number) => (total > 0 ? gain / total : 0);
  return { own: share(ownGain), sources: Float32Array.from(gains, share) };
}

function l1(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}

/** L1 norm of a row without the part that begins at `from`. */
function distance(row: Float64Array, parts: ArrayLike<number>, from: number): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += Math.abs(row[i] - parts[from + i]);
  return sum;
}

/** Sizes as parts of their source's sum; a source that nothing is written from has parts of 0. */
function headParts(sizes: Float32Array, n_head: number): Float32Array {
  const parts = new Float32Array(sizes.length);
  for (let start = 0; start < sizes.length; start += n_head) {
    const here = sizes.subarray(start, start + n_head);
    const sum = here.reduce((total, size) => total + size, 0);
    if (sum > 0)
      parts.set(
        here.map((size) => size / sum),
        start
      );
  }
  return parts;
}

function expectPosition(position: number, T: number): void {
  if (Number.isInteger(position) && position >= 0 && position < T) return;
  throw new InputError(
    mustBe('contributions: position', `from 0 to ${T - 1}`, position, 'Choose a position of the prompt.')
  );
}
