import { readNpz, type NpyArray } from '../../src/lib/gpt2/recording/npz.ts';

/** Who computed the numbers: TransformerLens (every activation) or Hugging Face (what its modules expose). */
export type ReferenceSource = 'tl' | 'hf';

/** What a reference program computed for one prompt: chosen rows of each activation, statistics of the whole. */
export interface ReferenceFixture {
  readonly label: string;
  readonly ids: readonly number[];
  /** Stored rows by full export name (and Hugging Face's `hidden_states`). */
  readonly rows: Readonly<Record<string, NpyArray>>;
  /** [sum, sum of squares, min, max, count] over the finite entries of the whole tensor. */
  readonly stats: Readonly<Record<string, readonly number[]>>;
  /** The positions whose rows an activation keeps (query positions for [n_head, T, T]). */
  positionsOf(name: string): readonly number[];
}

const STATS = 'stats/';
/** Activations that keep other rows than `positions`, by the array that lists them. */
const OWN_POSITIONS: readonly [RegExp, string][] = [
  [/^logits$/, 'logit_positions'],
  [/^hidden_states$/, 'hidden_states_positions'],
  [/hook_result$/, 'result_positions']
];
const LISTS = new Set(['input_ids', 'positions', ...OWN_POSITIONS.map(([, list]) => list)]);

/** Reads a fixture's bytes.  Throws: Error if they are no .npz or lack a list of positions. */
export function parseFixture(label: string, bytes: Uint8Array): ReferenceFixture {
  const arrays = readNpz(bytes);
  const list = (name: string): number[] => {
    if (!(name in arrays))
      throw new Error(`parseFixture: ${label} must hold ${name}. Make the fixtures again.`);
    return Array.from(arrays[name].data, Number);
  };
  const names = Object.keys(arrays).filter((name) => !LISTS.has(name));
  const stats = names
    .filter((name) => name.startsWith(STATS))
    .map((name) => [name.slice(STATS.length), list(name)]);
  const rows = names.filter((name) => !name.startsWith(STATS)).map((name) => [name, arrays[name]]);
  return {
    label,
    ids: list('input_ids'),
    rows: Object.fromEntries(rows),
    stats: Object.fromEntries(stats),
    positionsOf: (name) => list(OWN_POSITIONS.find(([pattern]) => pattern.test(name))?.[1] ?? 'positions')
  };
}
