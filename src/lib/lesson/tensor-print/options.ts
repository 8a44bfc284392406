/** What kind of numbers a tensor holds; int64 stands for every integer type, as in a tokenizer's ids. */
export type Dtype = 'float32' | 'int64' | 'bool';

/** PyTorch's default print options and the limits of its plain form. Source: torch/_tensor_str.py, PRINT_OPTS. */
export const PRINT_OPTIONS = {
  /** Decimals. */
  precision: 4,
  /** Values above which a tensor is summarised. */
  threshold: 1000,
  /** Values shown at each end of a summarised axis. */
  edgeitems: 3,
  /** Characters of a line. */
  linewidth: 80,
  /** Largest over smallest size that is still written with plain decimals. */
  largestRatio: 1000,
  largestPlain: 1e8,
  smallestPlain: 1e-4
} as const;
