import { scaleLinear } from 'd3';
import type { HeadScoreName } from '$lib/gpt2';
import { axisTicks, type AxisTick } from '../common';
import { isShare, type HeadRow } from './head-rows';

export interface ScatterPoint {
  readonly row: HeadRow;
  readonly x: number;
  readonly y: number;
}

export interface ScatterLayout {
  readonly points: readonly ScatterPoint[];
  readonly across: readonly AxisTick[];
  readonly up: readonly AxisTick[];
}

const TICKS = 5;

/** From 0 to 1 for shares of attention, −1 to 1 for copying, else from 0 to the largest. */
export function scoreDomain(rows: readonly HeadRow[], score: HeadScoreName): [number, number] {
  if (score === 'copying') return [-1, 1];
  if (isShare(score)) return [0, 1];
  const largest = Math.max(0, ...rows.map(({ values }) => values[score]).filter(Number.isFinite));
  return [0, largest || 1];
}

/**
 * Places heads by two scores; a head without one of them is left out.
 *
 * Units: width, height px; y grows downwards.
 */
export function layoutScatter(
  rows: readonly HeadRow[],
  { x, y }: { x: HeadScoreName; y: HeadScoreName },
  { width, height }: { width: number; height: number }
): ScatterLayout {
  const across = scaleLinear(scoreDomain(rows, x), [0, width]);
  const up = scaleLinear(scoreDomain(rows, y), [height, 0]);
  const points = rows
    .filter(({ values }) => Number.isFinite(values[x]) && Number.isFinite(values[y]))
    .map((row) => ({ row, x: across(row.values[x]), y: up(row.values[y]) }));
  return { points, across: axisTicks(across, TICKS), up: axisTicks(up, TICKS) };
}
