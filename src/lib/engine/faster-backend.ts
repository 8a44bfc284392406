/** Which of the backends that work is taken: the first, or where two work, the faster one on this device. */
import type { Reason } from '$lib/words';
import type { BackendName, BackendReport } from './protocol';

/** Tokens of the two passes that are timed. */
export const TIMED_TOKENS = { short: 16, long: 128 };

/** Milliseconds of one block at both lengths. */
export interface BlockTimes {
  readonly short: number;
  readonly long: number;
}

export interface TimedBackend {
  readonly name: BackendName;
  readonly times: BlockTimes;
}

/** What was measured on this device and with this version before. */
export interface TimesMemory {
  recall(): Promise<readonly TimedBackend[] | null>;
  remember(timed: readonly TimedBackend[]): Promise<void>;
}

export interface Choice<Started> {
  readonly name: BackendName;
  readonly started: Started;
  /** Of those that were compared; empty where one was asked for, or no two work. */
  readonly timed: readonly TimedBackend[];
  readonly passedOver: BackendReport['passedOver'];
}

interface Comparison<Started> {
  /** In the order in which they are tried; the last one only where no other works. */
  readonly order: readonly BackendName[];
  /** It is taken if it works, however fast it is. */
  readonly wanted: BackendName | null;
  /** Tokens of the prompt, about. */
  readonly tokens: number;
  /** Null: nothing is measured, and the first that works is taken. */
  readonly memory: TimesMemory | null;
  /** Starts one and checks its arithmetic; a reason says why it cannot be used. */
  readonly start: (name: BackendName) => Promise<Started | Reason>;
  /** Times a block on one that has started. */
  readonly time: (name: BackendName) => Promise<BlockTimes>;
}

const SLOWER: Reason = { code: 'slower' };

/** Milliseconds of a block at a length: on the line through both measured ones, below the shorter one as there. */
export function timeAt({ short, long }: BlockTimes, tokens: number): number {
  const slope = (long - short) / (TIMED_TOKENS.long - TIMED_TOKENS.short);
  return short + slope * (Math.max(tokens, TIMED_TOKENS.short) - TIMED_TOKENS.short);
}

/** The fastest first; of equals the first. */
function byTime(timed: readonly TimedBackend[], tokens: number): TimedBackend[] {
  return [...timed].sort((a, b) => timeAt(a.times, tokens) - timeAt(b.times, tokens));
}

/**
 * Tries the backends and chooses. What was measured on this device before is not measured again: the faster one is tried
 * first.
 *
 * Returns a name of null if none works: then `passedOver` has every reason.
 */
export async function chooseAmong<Started extends object>(
  comparison: Comparison<Started>
): Promise<Choice<Started> | { readonly name: null; readonly passedOver: Choice<Started>['passedOver'] }> {
  const { order, wanted, tokens, memory, start } = comparison;
  const known = (wanted === null && memory && (await memory.recall())) || [];
  const knownOrder = byTime(known, tokens).map(({ name }) => name);
  const tried = [...knownOrder, ...order.filter((name) => !knownOrder.includes(name))];
  const isMeasured = wanted === null && memory !== null && known.length === 0;
  const passedOver: { name: BackendName; reason: Reason }[] = [];
  const working: { name: BackendName; started: Started }[] = [];
  for (const name of tried) {
    if (working.length > 0 && (!isMeasured || name === order.at(-1))) break;
    const outcome = await start(name);
    if ('code' in outcome) passedOver.push({ name, reason: outcome });
    else working.push({ name, started: outcome });
  }
  if (working.length === 0) return { name: null, passedOver };
  if (working.length === 1) {
    const [taken] = working;
    const slower = knownOrder.slice(knownOrder.indexOf(taken.name) + 1);
    if (knownOrder.includes(taken.name)) passedOver.push(...slower.map((name) => ({ name, reason: SLOWER })));
    return { ...taken, timed: known, passedOver };
  }
  const timed = await timeEach(working, comparison.time);
  await memory?.remember(timed);
  const [fastest, ...slower] = byTime(timed, tokens).map(({ name }) => name);
  passedOver.push(...slower.map((name) => ({ name, reason: SLOWER })));
  return { ...working.find(({ name }) => name === fastest)!, timed, passedOver };
}

async function timeEach(
  working: readonly { readonly name: BackendName }[],
  time: (name: BackendName) => Promise<BlockTimes>
): Promise<TimedBackend[]> {
  const timed: TimedBackend[] = [];
  for (const { name } of working) timed.push({ name, times: await time(name) });
  return timed;
}
