/** The places of the model map, in the order the data flows through them. */
import { arrowStep } from '../marks/keys';

export type MapPart = 'embed' | 'attn' | 'mlp' | 'ln_f' | 'output';
export type Orientation = 'vertical' | 'horizontal';

/** One place to go to. `layer` is the block of 'attn' and 'mlp', null for the parts outside the blocks. */
export interface Stop {
  readonly part: MapPart;
  readonly layer: number | null;
}

/** Every place, in flow order: embed, then attn and mlp of each block, ln_f, output. */
export function mapStops(n_layer: number): Stop[] {
  const blocks = Array.from({ length: n_layer }, (_, layer): Stop[] => [
    { part: 'attn', layer },
    { part: 'mlp', layer }
  ]);
  const after: Stop[] = [
    { part: 'ln_f', layer: null },
    { part: 'output', layer: null }
  ];
  return [{ part: 'embed', layer: null }, ...blocks.flat(), ...after];
}

/** A stop's name inside one map: 'attn.5', 'ln_f'. */
export function stopKey({ part, layer }: Stop): string {
  return layer === null ? part : `${part}.${layer}`;
}

/** The place that is shown: the part, in the selected block if it is one of a block's two. */
export function currentStop(part: MapPart, layer: number): Stop {
  return { part, layer: part === 'attn' || part === 'mlp' ? layer : null };
}

/** Steps along the spine, one per row: embed 0, block L at L + 1, ln_f, output. */
function rowOf({ part, layer }: Stop, n_layer: number): number {
  if (part === 'embed') return 0;
  if (part === 'ln_f') return n_layer + 1;
  if (part === 'output') return n_layer + 2;
  return (layer ?? 0) + 1;
}

/** Into the blocks one comes from the embedding by attention, from ln_f by the MLP: what lies next in the flow. */
function stopAt(row: number, from: Stop, n_layer: number): Stop {
  const last = n_layer + 2;
  const clamped = Math.min(last, Math.max(0, row));
  if (clamped === 0) return { part: 'embed', layer: null };
  if (clamped === last) return { part: 'output', layer: null };
  if (clamped === n_layer + 1) return { part: 'ln_f', layer: null };
  if (from.part === 'attn' || from.part === 'mlp') return { part: from.part, layer: clamped - 1 };
  return { part: from.part === 'embed' ? 'attn' : 'mlp', layer: clamped - 1 };
}

/**
 * Where a key leads from a stop; null for a key the map does not use.
 * Along the spine the keys move between blocks, across it between attention and MLP; Home and End are its ends.
 */
export function moveOnMap(from: Stop, key: string, orientation: Orientation, n_layer: number): Stop | null {
  if (key === 'Home') return { part: 'embed', layer: null };
  if (key === 'End') return { part: 'output', layer: null };
  const step = arrowStep(key);
  if (!step) return null;
  const [along, across] = orientation === 'vertical' ? [step.down, step.across] : [step.across, step.down];
  if (along !== 0) return stopAt(rowOf(from, n_layer) + along, from, n_layer);
  return from.layer === null ? from : { part: across < 0 ? 'attn' : 'mlp', layer: from.layer };
}
