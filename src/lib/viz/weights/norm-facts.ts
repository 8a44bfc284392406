/** A component of a LayerNorm's weight or bias. */
export interface Component {
  readonly index: number;
  readonly value: number;
}

export interface NormFacts {
  /** Components that the weight makes largest, and smallest, by size. */
  readonly most: readonly Component[];
  readonly least: readonly Component[];
  /** Components whose weight is below a tenth of the median size: nearly taken out. */
  readonly nearlyOut: number;
  readonly median: number;
}

const SHOWN = 6;
const NEARLY_OUT = 0.1;

/** What a LayerNorm's weight does to its components: which it enlarges most, and which it nearly takes out. */
export function normFacts(weight: ArrayLike<number>): NormFacts {
  const all = Array.from(weight, (value, index) => ({ index, value }));
  const bySize = all.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const median = Math.abs(bySize[Math.floor(bySize.length / 2)]?.value ?? NaN);
  return {
    most: bySize.slice(0, SHOWN),
    least: bySize.slice(-SHOWN).toReversed(),
    nearlyOut: all.filter(({ value }) => Math.abs(value) < NEARLY_OUT * median).length,
    median
  };
}

/** True for the weight of ln_1, ln_2 or ln_f. */
export const isNormWeight = (name: string): boolean => /\.ln_[12f]\.weight$/.test(name);
