/** Pictures that a lesson can put under a cell's result, by the names that its file uses. */
export const PICTURES = [
  'flow',
  'embeddings',
  'attention',
  'qkv',
  'mlp',
  'residual',
  'lens',
  'ln_1',
  'ln_2',
  'ln_f'
] as const;
