import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import { parameterTensor } from '../model/parameters.ts';
import type { Gpt2Weights } from '../model/weights.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import type { CellValue } from './cell-values.ts';

/** What the numbers of one tensor are like. */
export interface Statistics {
  readonly count: number;
  readonly mean: number;
  /** Population standard deviation: √(mean of (x − mean)²). */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** Values in each of as many equal parts of [min, max]; the last part holds max too. */
  readonly bins: Float64Array;
  /** Values that are not finite numbers; they are in nothing else. */
  readonly odd: number;
}

const BINS = 48;

/**
 * Count, mean, standard deviation and histogram. Two passes in double precision, so that a mean far from 0 costs no digits.
 *
 * Throws: InputError if there is no bin or no finite value.
 */
export function statistics(values: ArrayLike<number>, bins = BINS): Statistics {
  if (!(Number.isInteger(bins) && bins > 0))
    throw new InputError(mustBe('statistics: bins', 'a whole number from 1', bins, 'Pass 48.'));
  let [count, sum, min, max] = [0, 0, Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) {
    const advice = 'The tensor has nothing to count.';
    throw new InputError(mustBe('statistics: values', 'finite somewhere', `${values.length} others`, advice));
  }
  const mean = sum / count;
  const histogram = new Float64Array(bins);
  const scale = max > min ? bins / (max - min) : 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    squares += (value - mean) ** 2;
    histogram[Math.min(bins - 1, Math.floor((value - min) * scale))]++;
  }
  const std = Math.sqrt(squares / count);
  return { count, mean, std, min, max, bins: histogram, odd: values.length - count };
}

/**
 * The statistics of one parameter.
 *
 * Memory: leaves no tensor behind.
 * Throws: InputError if the model has no parameter of this name.
 */
export function parameterStatistics(weights: Gpt2Weights, name: string, bins = BINS): Promise<Statistics> {
  return lookAtOnce(parameterTensor(weights, name), (values) => statistics(values, bins));
}

/** A part of a matrix: rows [top, bottom), columns [left, right). */
export interface MatrixWindow {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** A part of a matrix, drawn with fewer cells than it has values where it is large. */
export interface MatrixMap extends MatrixWindow {
  /** Cells down and across. */
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] */
  readonly values: Float32Array;
}

/**
 * A map of one part of a matrix. Cell (i, j) stands for the rows from ⌊i · height / rows⌋ on, and likewise the columns:
 * every value is in exactly one cell.
 *
 * Shapes: values [height, width] row-major.
 * Throws: InputError if the window is empty or not in the matrix.
 */
export function matrixMap(
  values: ArrayLike<number>,
  [height, width]: readonly [number, number],
  { window, most, cell }: { window?: MatrixWindow; most: number; cell: CellValue }
): MatrixMap {
  const part = window ?? { top: 0, bottom: height, left: 0, right: width };
  const inside = part.top >= 0 && part.left >= 0 && part.bottom <= height && part.right <= width;
  if (!inside || part.bottom <= part.top || part.right <= part.left)
    throw new InputError(
      mustBe('matrixMap: window', `a part of [${height}, ${width}]`, JSON.stringify(part), 'Leave it out.')
    );
  const tall = part.bottom - part.top;
  const wide = part.right - part.left;
  const [rows, columns] = [Math.min(most, tall), Math.min(most, wide)];
  const found = new Float32Array(rows * columns);
  const firstRow = (i: number) => part.top + Math.floor((i * tall) / rows);
  const firstColumn = Array.from(
    { length: columns + 1 },
    (_, j) => part.left + Math.floor((j * wide) / columns)
  );
  const summary = SUMMARIES[cell];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++)
      found[i * columns + j] = summary(values, width, firstRow(i), firstRow(i + 1), firstColumn[j], firstColumn[j + 1]); // prettier-ignore
  }
  return { ...part, rows, columns, values: found };
}

type Summary = (values: ArrayLike<number>, width: number, top: number, bottom: number, left: number, right: number) => number; // prettier-ignore

const SUMMARIES: Readonly<Record<CellValue, Summary>> = {
  extreme(values, width, top, bottom, left, right) {
    let farthest = 0;
    for (let row = top; row < bottom; row++) {
      for (let at = row * width + left; at < row * width + right; at++) {
        if (!(Math.abs(values[at]) <= Math.abs(farthest))) farthest = values[at]; // NaN stays in sight
      }
    }
    return farthest;
  },
  mean(values, width, top, bottom, left, right) {
    let sum = 0;
    for (let row = top; row < bottom; row++) {
      for (let at = row * width + left; at < row * width + right; at++) sum += values[at];
    }
    return sum / ((bottom - top) * (right - left));
  }
};

/**
 * A map of a parameter, or of a part of it; a vector is one row.
 *
 * Memory: leaves no tensor behind.
 * Throws: InputError if the model has no parameter of this name, or the window is not in it.
 */
export function parameterMap(
  weights: Gpt2Weights,
  name: string,
  options: { window?: MatrixWindow; most: number; cell: CellValue }
): Promise<MatrixMap> {
  const tensor: tf.Tensor = parameterTensor(weights, name);
  const shape: [number, number] =
    tensor.shape.length === 2 ? [tensor.shape[0], tensor.shape[1]] : [1, tensor.size];
  return lookAtOnce(tensor, (values) => matrixMap(values, shape, options));
}
