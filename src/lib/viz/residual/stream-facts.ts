/** Cosine of the stream at each pair of depths, [depths, depths]; NaN where a vector is 0. */
export function cosines(vectors: Float32Array, depths: number): Float64Array {
  const width = vectors.length / depths;
  const row = (depth: number) => vectors.subarray(depth * width, (depth + 1) * width);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const sizes = Array.from({ length: depths }, (_, depth) => Math.sqrt(dot(row(depth), row(depth))));
  return Float64Array.from({ length: depths * depths }, (_, i) => {
    const [a, b] = [Math.floor(i / depths), i % depths];
    return dot(row(a), row(b)) / (sizes[a] * sizes[b]);
  });
}

/** A component that is far larger than the others. */
export interface Outlier {
  readonly component: number;
  /** Its size over the median size of its depth, where that is largest. */
  readonly times: number;
}

const FAR = 10;
const MOST = 5;

/** Components whose size is at least ten times the median of their depth, at any depth; the farthest first. */
export function outliers(vectors: Float32Array, depths: number): Outlier[] {
  const width = vectors.length / depths;
  const times = new Float64Array(width);
  for (let depth = 0; depth < depths; depth++) {
    const sizes = vectors.slice(depth * width, (depth + 1) * width).map(Math.abs);
    const median = sizes.toSorted()[Math.floor(width / 2)] || Infinity;
    sizes.forEach((size, component) => (times[component] = Math.max(times[component], size / median)));
  }
  return Array.from(times, (far, component) => ({ component, times: far }))
    .filter((one) => one.times >= FAR)
    .toSorted((a, b) => b.times - a.times)
    .slice(0, MOST);
}
