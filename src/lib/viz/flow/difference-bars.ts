/** The outlines of what grew or shrank on the rows, one path for each sign. Pure; px. */
import type { FlowBand } from './bands';
import { bandMean } from './facts';
import { columnOf, tickX, type FlowGeometry } from './layout';
import { tickHeight } from './nearest';

const TICK = 3.5; // px, width of a tick

/** Mean over a band's positions that both runs have, of one depth of [depths, T]. */
const valueOf = (values: Float32Array, T: number, depth: number, { first, last }: FlowBand): number =>
  bandMean(first, last, (at) => {
    const value = values[depth * T + at];
    return Number.isFinite(value) ? value : 0;
  });

/** The stream's norm at each depth, B less A: bars on the row's line, as thick as the difference. */
export function streamBars(
  streams: Float32Array,
  sign: 1 | -1,
  bands: readonly FlowBand[],
  geometry: FlowGeometry,
  thickness: number
): string {
  const depths = geometry.blocks.length + 1;
  const T = streams.length / depths;
  return bands
    .flatMap((band, index) =>
      Array.from({ length: depths }, (_, depth) => {
        const value = valueOf(streams, T, depth, band) * sign;
        if (value <= 0) return '';
        const { x } = columnOf(geometry, depth);
        const end = columnOf(geometry, depth + 1).x;
        const height = value * thickness;
        const y = geometry.top + (index + 0.5) * geometry.rowHeight - height / 2;
        return `M${x} ${y}H${end}v${height}H${x}z`;
      })
    )
    .join('');
}

/** What each MLP adds, B less A: above the row's line where it grew, below where it shrank. */
export function tickBars(
  ticks: Float32Array,
  sign: 1 | -1,
  bands: readonly FlowBand[],
  geometry: FlowGeometry
): string {
  const T = ticks.length / geometry.blocks.length;
  return geometry.blocks
    .flatMap((block, layer) =>
      bands.map((band, index) => {
        const value = valueOf(ticks, T, layer, band) * sign;
        if (value <= 0) return '';
        const height = Math.min(geometry.rowHeight / 2, tickHeight(value, geometry.rowHeight).height);
        const y = geometry.top + (index + 0.5) * geometry.rowHeight - (sign > 0 ? height : 0);
        return `M${tickX(block) - TICK / 2} ${y}h${TICK}v${height}h${-TICK}z`;
      })
    )
    .join('');
}
