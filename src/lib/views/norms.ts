/** A block's two LayerNorms and the last one: also names of pictures, which scripts that read lessons know. */
export const NORMS = ['ln_1', 'ln_2', 'ln_f'] as const;
