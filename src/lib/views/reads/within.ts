/** An index that a link gives, or null where the run on screen has nothing there: it may be of another model than the page's. */
export function within(index: number | null, count: number): number | null {
  return index !== null && index < count ? index : null;
}
