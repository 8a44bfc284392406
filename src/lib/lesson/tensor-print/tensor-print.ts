/**
 * Prints a tensor exactly as PyTorch 2 prints it, so that a page and a notebook can be held side by side.
 *
 * Source: torch/_tensor_str.py.
 */
import { chooseFormat, type ValueFormat } from './format.ts';
import { PRINT_OPTIONS as options, type Dtype } from './options.ts';

export interface PrintableTensor {
  /** Sizes of the axes; empty for a scalar. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: ArrayLike<number>;
  /** float32 unless given. */
  readonly dtype?: Dtype;
}

const PREFIX = 'tensor(';

/**
 * `str(tensor)` of PyTorch, without `grad_fn=`.
 *
 * Shapes: any; over `threshold` values only the first and last three of each axis are shown.
 *
 * @param threshold 1,000 unless set by torch.set_printoptions
 * Throws: RangeError if the data does not hold the product of the shape.
 */
export function printTensor(
  { shape, data, dtype = 'float32' }: PrintableTensor,
  threshold: number = options.threshold
): string {
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.length !== count) {
    throw new RangeError(
      `printTensor: data must hold ${count} values, got ${data.length}. Pass the shape of this data.`
    );
  }
  if (count === 0) return printEmpty(shape, dtype);
  const summarize = count > threshold;
  const format = chooseFormat([...shownValues(shape, data, 0, summarize)], dtype);
  return `${PREFIX}${nested({ data, format, summarize }, shape, 0, PREFIX.length)})`;
}

/** `str(tensor.shape)` of PyTorch: `torch.Size([1, 5, 768])`. */
export function printSize(shape: readonly number[]): string {
  return `torch.Size([${shape.join(', ')}])`;
}

/** Places along an axis that are shown; null stands for `...`. */
function shownPlaces(size: number, summarize: boolean): (number | null)[] {
  const { edgeitems } = options;
  if (!summarize || size <= 2 * edgeitems) return Array.from({ length: size }, (_, i) => i);
  const first = Array.from({ length: edgeitems }, (_, i) => i);
  return [...first, null, ...first.map((i) => size - edgeitems + i)];
}

function* shownValues(
  shape: readonly number[],
  data: ArrayLike<number>,
  offset: number,
  summarize: boolean
): Generator<number> {
  if (shape.length === 0) yield data[offset];
  else {
    const [size, ...rest] = shape;
    const stride = rest.reduce((product, s) => product * s, 1);
    for (const place of shownPlaces(size, summarize)) {
      if (place !== null) yield* shownValues(rest, data, offset + place * stride, summarize);
    }
  }
}

interface Printing {
  readonly data: ArrayLike<number>;
  readonly format: ValueFormat;
  readonly summarize: boolean;
}

/** The values from `offset` on in nested brackets; `indent` characters stand before the first bracket. */
function nested(printing: Printing, shape: readonly number[], offset: number, indent: number): string {
  const { data, format, summarize } = printing;
  if (shape.length === 0) return format.write(data[offset]);
  const [size, ...rest] = shape;
  const places = shownPlaces(size, summarize);
  if (rest.length === 0) {
    const texts = places.map((place) => (place === null ? ' ...' : format.write(data[offset + place])));
    return `[${wrapped(texts, format.width, indent)}]`;
  }
  const stride = rest.reduce((product, s) => product * s, 1);
  const slices = places.map((place) =>
    place === null ? '...' : nested(printing, rest, offset + place * stride, indent + 1)
  );
  return `[${slices.join(`,${'\n'.repeat(shape.length - 1)}${' '.repeat(indent + 1)}`)}]`;
}

/** One row, broken into lines that keep the line width. */
function wrapped(texts: readonly string[], width: number, indent: number): string {
  const perLine = Math.max(1, Math.floor((options.linewidth - indent) / (width + ', '.length)));
  const lines: string[] = [];
  for (let i = 0; i < texts.length; i += perLine) lines.push(texts.slice(i, i + perLine).join(', '));
  return lines.join(`,\n${' '.repeat(indent + 1)}`);
}

function printEmpty(shape: readonly number[], dtype: Dtype): string {
  const size = shape.length === 1 ? '' : `, size=(${shape.join(', ')})`;
  return `${PREFIX}[]${size}${dtype === 'float32' ? '' : `, dtype=torch.${dtype}`})`;
}
