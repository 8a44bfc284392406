import { mapStops, type MapPart, type Orientation, type Stop } from './stops';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One place on the map: the area that is clicked, and the pill in it for the parts outside the blocks. */
export interface PlacedStop extends Stop {
  area: Box;
  pill: Box | null;
}

/** A block's row (or column): its circle, and the band that marks it when it is selected. */
export interface PlacedBlock {
  layer: number;
  x: number;
  y: number;
  band: Box;
}

export interface MapLayout {
  orientation: Orientation;
  width: number;
  height: number;
  stops: PlacedStop[];
  blocks: PlacedBlock[];
  spine: { x1: number; y1: number; x2: number; y2: number };
  /** Longest bar, px: what is free beside the embedding's pill, so that all bars share one scale. */
  room: number;
}

/** Radius of a block's circle, px. */
export const RADIUS = 9;
/** Size of the pills, px; the output's name is the longest. */
const PILL_WIDTH: Record<MapPart, number> = { embed: 72, attn: 0, mlp: 0, ln_f: 72, output: 92 };
const PILL_HEIGHT = 24;
/** Free space between a bar and the edge, px. */
const EDGE_GAP = 4;
/** Thickness of a bar, px. */
const BAR = 14;

/** Distances along the spine, px. A block's pitch of 24 is the least a finger hits. */
const VERTICAL = { minPitch: 24, maxPitch: 44, blocks: 528, head: 46, pillPitch: 34, band: 32 } as const;
const HORIZONTAL = { minPitch: 30, maxPitch: 72, height: 120, gap: 12 } as const;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const layersOf = (n_layer: number): number[] => Array.from({ length: n_layer }, (_, layer) => layer);

function pillAround(part: MapPart, x: number, y: number): Box {
  const width = PILL_WIDTH[part];
  return { x: x - width / 2, y: y - PILL_HEIGHT / 2, width, height: PILL_HEIGHT };
}

function verticalLayout(n_layer: number, width: number): MapLayout {
  const pitch = clamp(VERTICAL.blocks / n_layer, VERTICAL.minPitch, VERTICAL.maxPitch);
  const x = width / 2;
  const embedY = PILL_HEIGHT / 2;
  const blockY = (layer: number): number => embedY + VERTICAL.head + layer * pitch;
  const ln_fY = blockY(n_layer - 1) + VERTICAL.head;
  const pillY: Partial<Record<MapPart, number>> = {
    embed: embedY,
    ln_f: ln_fY,
    output: ln_fY + VERTICAL.pillPitch
  };
  const band = Math.min(pitch, VERTICAL.band);

  const place = (stop: Stop): PlacedStop => {
    const y = pillY[stop.part];
    if (y !== undefined) {
      return {
        ...stop,
        area: { x: 0, y: y - PILL_HEIGHT / 2, width, height: PILL_HEIGHT },
        pill: pillAround(stop.part, x, y)
      };
    }
    const left = stop.part === 'attn' ? 0 : x;
    return {
      ...stop,
      area: { x: left, y: blockY(stop.layer ?? 0) - pitch / 2, width: x, height: pitch },
      pill: null
    };
  };
  return {
    orientation: 'vertical',
    width,
    height: ln_fY + VERTICAL.pillPitch + PILL_HEIGHT / 2,
    stops: mapStops(n_layer).map(place),
    blocks: layersOf(n_layer).map((layer) => ({
      layer,
      x,
      y: blockY(layer),
      band: { x: 0, y: blockY(layer) - band / 2, width, height: band }
    })),
    spine: { x1: x, y1: embedY, x2: x, y2: ln_fY },
    room: x - PILL_WIDTH.embed / 2 - EDGE_GAP
  };
}

function horizontalLayout(n_layer: number, width: number): MapLayout {
  const { gap, height } = HORIZONTAL;
  const around = PILL_WIDTH.embed + PILL_WIDTH.ln_f + PILL_WIDTH.output + 3 * gap;
  const pitch = clamp((width - around) / n_layer, HORIZONTAL.minPitch, HORIZONTAL.maxPitch);
  const y = height / 2;
  const first = PILL_WIDTH.embed + gap;
  const ln_fX = first + n_layer * pitch + gap;
  const outputX = ln_fX + PILL_WIDTH.ln_f + gap;
  const pillX: Partial<Record<MapPart, number>> = { embed: 0, ln_f: ln_fX, output: outputX };

  const place = (stop: Stop): PlacedStop => {
    const x = pillX[stop.part];
    if (x !== undefined) {
      const pill = { x, y: y - PILL_HEIGHT / 2, width: PILL_WIDTH[stop.part], height: PILL_HEIGHT };
      return { ...stop, area: { ...pill, y: 0, height }, pill };
    }
    const top = stop.part === 'attn' ? 0 : y;
    return {
      ...stop,
      area: { x: first + (stop.layer ?? 0) * pitch, y: top, width: pitch, height: y },
      pill: null
    };
  };
  return {
    orientation: 'horizontal',
    width: outputX + PILL_WIDTH.output,
    height,
    stops: mapStops(n_layer).map(place),
    blocks: layersOf(n_layer).map((layer) => ({
      layer,
      x: first + (layer + 0.5) * pitch,
      y,
      band: { x: first + layer * pitch, y: 0, width: pitch, height }
    })),
    spine: { x1: PILL_WIDTH.embed, y1: y, x2: ln_fX, y2: y },
    room: y - PILL_HEIGHT / 2 - EDGE_GAP
  };
}

/**
 * Places the residual stream's spine, its blocks and the parts before and after them.
 * Units: everything in px; `width` is what the page offers (a horizontal map may be wider and then scrolls).
 * Throws: RangeError if n_layer is not a positive whole number.
 */
export function layoutMap(n_layer: number, orientation: Orientation, width: number): MapLayout {
  if (!Number.isInteger(n_layer) || n_layer < 1) {
    throw new RangeError(
      `layoutMap: n_layer must be a positive whole number, got ${n_layer}. Pass config.n_layer.`
    );
  }
  return orientation === 'vertical' ? verticalLayout(n_layer, width) : horizontalLayout(n_layer, width);
}

/**
 * A bar that grows away from the spine: 'attn' to the left or up, 'mlp' to the right or down.
 * Units: px; `centre` is on the spine, the bar starts `offset` from it and is `length` long.
 */
export function barBox(
  orientation: Orientation,
  side: 'attn' | 'mlp',
  centre: { x: number; y: number },
  offset: number,
  length: number
): Box {
  const start = side === 'attn' ? -offset - length : offset;
  return orientation === 'vertical'
    ? { x: centre.x + start, y: centre.y - BAR / 2, width: length, height: BAR }
    : { x: centre.x - BAR / 2, y: centre.y + start, width: BAR, height: length };
}
