/**
 * Attaches to a grid: says which of its rows are on screen, as a range from the first to after the last of them.
 *
 * @param selector of the elements in the rows
 * @param rowOf the row that such an element stands in
 */
export function rowsInSight(
  selector: string,
  rowOf: (element: HTMLElement) => number,
  onrows: (range: { first: number; end: number }) => void
): (grid: HTMLElement) => (() => void) | undefined {
  return (grid) => {
    if (typeof IntersectionObserver === 'undefined') return undefined;
    const seen = new Set<HTMLElement>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target as HTMLElement);
        else seen.delete(target as HTMLElement);
      }
      const rows = [...seen].map(rowOf);
      onrows(
        rows.length > 0 ? { first: Math.min(...rows), end: Math.max(...rows) + 1 } : { first: 0, end: 0 }
      );
    });
    for (const element of grid.querySelectorAll<HTMLElement>(selector)) observer.observe(element);
    return () => observer.disconnect();
  };
}
