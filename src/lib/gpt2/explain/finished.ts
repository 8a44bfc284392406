/** What a long measure returns in the end, for callers that show no progress. */
export async function finished<T>(measure: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = await measure.next();
    if (done) return value;
  }
}
