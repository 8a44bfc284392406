/** Place of the stop nearest to a value, which may come from a link and lie between two. */
export function nearestStop(stops: readonly number[], value: number, off: number): number {
  if (value === off) return stops.indexOf(off);
  let nearest = stops[0] === off ? 1 : 0;
  for (let i = 0; i < stops.length; i++) {
    const nearer = Math.abs(stops[i] - value) < Math.abs(stops[nearest] - value);
    if (stops[i] !== off && nearer) nearest = i;
  }
  return nearest;
}
