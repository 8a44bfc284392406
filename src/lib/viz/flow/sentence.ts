import { flowWords as words } from '$lib/words';
import { formatNumber, formatProbability, formatWeight } from '../common';
import { originsOf, type BackGraph } from './back';
import { linkFacts, mlpRatio, type FlowNorms } from './facts';
import { chooseLinks } from './links';
import type { FlowStory } from './story';
import type { FlowPart, FlowRow } from './types';

/** A sentence with {slots}, and the position or token id that stands in each. */
export interface Sentence {
  readonly text: string;
  /** Positions of the prompt, by slot. */
  readonly positions: Readonly<Record<string, number>>;
  /** The token in {next}. */
  readonly next: number;
  /** The token in {other}: of another run. */
  readonly other?: number;
}

/** The sentence above the picture. */
export function storySentence(story: FlowStory, position: number, threshold: number): Sentence {
  const { readings, settled, token, probability } = story;
  const positions: Record<string, number> = { at: position };
  const readTexts = readings.map(({ first, last, source }, index) => {
    const slot = `source${index}`;
    positions[slot] = source;
    return index === 0 ? words.reads(first, last, slot) : words.readsToo(first, last, slot);
  });
  const begin =
    position === 0
      ? words.firstToken
      : readTexts.length > 0
        ? words.at(readTexts)
        : words.readsNothing(percent(threshold));
  return { text: begin + endSentence(settled, formatProbability(probability)), positions, next: token };
}

/** @param settled depth, so that depth d is what block d - 1 writes */
function endSentence(settled: number | null, probability: string): string {
  if (settled === null) return words.settledLate(probability);
  return settled === 0 ? words.settledAtOnce(probability) : words.settled(settled - 1, probability);
}

const ORIGINS = 3;

/** The first few of the tokens that a row's end comes from, each in words; `positions` gets the place of each. */
export function originsText<Origin extends { readonly position: number }>(
  origins: readonly Origin[],
  positions: Record<string, number>,
  tell: (name: string, origin: Origin) => string
): string[] {
  return origins.slice(0, ORIGINS).map((origin, index) => {
    const name = `source${index}`;
    positions[name] = origin.position;
    return tell(name, origin);
  });
}

/** What a row is made of, followed back to the embeddings. */
export function backSentence(graph: BackGraph, { lensIds, lensProbabilities }: FlowRow): Sentence {
  const positions: Record<string, number> = { at: graph.position };
  const origins = originsText(originsOf(graph), positions, (name, { position, share }) =>
    words.origin(name, position, percent(share))
  );
  const last = lensIds.length - 1;
  return {
    text:
      words.madeOf(origins, formatProbability(lensProbabilities[last])) +
      (graph.rest > 0 ? words.notFollowed(percent(graph.rest)) : ''),
    positions,
    next: lensIds[last]
  };
}

/** What one step of the depth does. `column` 0 is the embeddings, n_layer + 1 is ln_f. */
export function stepSentence(
  row: FlowRow,
  norms: FlowNorms | undefined,
  { T, column, threshold }: { T: number; column: number; threshold: number }
): Sentence {
  const { position, lensIds, lensProbabilities } = row;
  const n_layer = row.own.length;
  const positions: Record<string, number> = { at: position };
  const last = formatProbability(lensProbabilities[n_layer]);
  if (column > n_layer) return { text: words.step.end(last), positions, next: lensIds[n_layer] };
  const lens = words.step.lens(formatProbability(lensProbabilities[column]));
  const next = lensIds[column];
  if (column === 0) {
    const norm = norms ? formatNumber(norms.resid[position]) : '';
    return { text: words.step.embed(norm) + lens, positions, next };
  }
  const layer = column - 1;
  const best = chooseLinks(row, threshold)
    .drawn.filter((link) => link.layer === layer)
    .sort((a, b) => b.share - a.share)[0];
  if (best) positions.source = best.source;
  const reads = best
    ? words.step.reads(layer, `${layer}.${best.head}`, percent(linkFacts(row, layer, best.source).share))
    : words.step.readsLittle(layer, percent(threshold));
  const adds = norms ? words.step.adds(formatNumber(mlpRatio(norms, T, layer, position))) : '';
  return { text: reads + adds + lens, positions, next };
}

/** Which rows a link joins; {at} and {source} are its tokens, where it joins two single rows. */
export function linkTitle(link: Extract<FlowPart, { kind: 'link' }>): string {
  const { layer, source, last = source, position, lastPosition } = link;
  if (lastPosition !== undefined) return words.linkOfRows(layer, [position, lastPosition], [source, last]);
  return last === source ? words.link(layer) : words.linkOfBand(layer, source, last);
}

/** A share as a percentage. */
export function percent(share: number): string {
  return formatWeight(share);
}
