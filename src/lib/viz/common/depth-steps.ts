/**
 * The column up to which Flow is drawn after a key.
 *
 * @param upTo the last column that is drawn, 0 for the embeddings; null: all
 * @returns undefined where the key changes nothing
 */
export function steppedTo(key: string, upTo: number | null, last: number): number | null | undefined {
  if (key === 'Home') return null;
  if (key === 'ArrowRight') return upTo === null ? 0 : Math.min(last, upTo + 1);
  return key === 'ArrowLeft' ? Math.max(0, (upTo ?? last) - 1) : undefined;
}
