import { readingWords } from '$lib/words/en/views/reading';
import type { ColorScale } from '../color';
import {
  depthLabel,
  depthName,
  exampleAround,
  formatNumber,
  largestPlace,
  type ReadingExample
} from '../common';
import { headName } from '../common/head-grid';

/** One position's norms: the last depth beside the first. Shapes: column [n_layer + 1], by depth. */
export function normsExample(
  column: ArrayLike<number> | undefined,
  position: number,
  token: string
): ReadingExample | null {
  if (!column) return null;
  const { how, says } = readingWords.residual;
  return exampleAround(
    column.length,
    column.length - 1,
    (depth) => ({ label: depthLabel(depth), value: formatNumber(column[depth]) }),
    {
      how,
      says: (depth) => {
        const [first, last, times] = [column[0], column[depth], column[depth] / column[0]].map(formatNumber);
        return says(position, token, first, last, times);
      }
    }
  );
}

/** The largest component at any depth. Shapes: vectors [depths, n_embd]. */
export function vectorExample(
  vectors: Float32Array,
  depths: number,
  scale: ColorScale
): ReadingExample | null {
  const n_embd = vectors.length / depths;
  const place = largestPlace(vectors);
  if (place === null) return null;
  const depth = Math.floor(place / n_embd);
  const row = vectors.subarray(depth * n_embd, (depth + 1) * n_embd);
  const { how, says } = readingWords.vectors;
  return exampleAround(
    n_embd,
    place % n_embd,
    (i) => ({ label: String(i), value: formatNumber(row[i]), color: scale.color(row[i]) }),
    { how, says: (i) => says(depthName(depth), i, formatNumber(row[i])) }
  );
}

/** The two neighbouring depths between which the vector turns most. Shapes: near [depths, depths]. */
export function cosineExample(
  near: ArrayLike<number>,
  depths: number,
  scale: ColorScale
): ReadingExample | null {
  const neighbours = Array.from({ length: depths - 1 }, (_, depth) => near[depth * depths + depth + 1]);
  const least = neighbours.indexOf(Math.min(...neighbours));
  const { how, says } = readingWords.cosines;
  return exampleAround(
    neighbours.length,
    least,
    (depth) => ({
      label: `${depthLabel(depth)} · ${depthLabel(depth + 1)}`,
      value: formatNumber(neighbours[depth]),
      color: scale.color(neighbours[depth])
    }),
    { how, says: (depth) => says(depthName(depth), depthName(depth + 1), formatNumber(neighbours[depth])) }
  );
}

/** The head that adds the longest vector. Shapes: results [n_layer, n_head]. */
export function resultExample(
  results: Float32Array,
  n_head: number,
  scale: ColorScale
): ReadingExample | null {
  const place = largestPlace(results);
  if (place === null) return null;
  const layer = Math.floor(place / n_head);
  const { how, says } = readingWords.results;
  const norm = (head: number) => results[layer * n_head + head];
  return exampleAround(
    n_head,
    place % n_head,
    (head) => ({
      label: headName({ layer, head }),
      value: formatNumber(norm(head)),
      color: scale.color(norm(head))
    }),
    { how, says: (head) => says(headName({ layer, head }), formatNumber(norm(head))) }
  );
}
