/** True for what a recorded run rejects with where its file holds no such numbers. */
export function isNeedsWeights(error: unknown): boolean {
  return error instanceof Error && error.name === 'NeedsWeightsError';
}
