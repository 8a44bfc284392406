import type { Token } from '$lib/gpt2';
import { flowWords } from '$lib/words';
import { flowDifferenceWords as words } from '$lib/words/en/views/flow-difference';
import { formatWeight } from '../common';
import { changedOrigins, type BackDifference } from './difference-back';
import type { DifferenceLink } from './difference';
import { nextTokenSentence, points } from './difference-sentence';
import { originsText, type Sentence } from './sentence';
import { placed, type Table } from './table';
import type { FlowRow } from './types';

const NO_PARTNER = '–';

/** The sentence above the picture: the tokens that the row's end is made of more or less in B. */
export function backDifferenceSentence(back: BackDifference, a: FlowRow, b: FlowRow): Sentence {
  const positions: Record<string, number> = { at: a.position };
  const changes = originsText(changedOrigins(back), positions, (name, { position, change }) =>
    words.origin(name, position, points(change))
  );
  const begin = changes.length > 0 ? words.madeOf(changes) : words.madeOfSame;
  const { end, next, other } = nextTokenSentence(a, b);
  return { text: begin + end, positions, next, other };
}

/** The picture's numbers: the share at each token and depth, B less A, and the links that are drawn. */
export function backDifferenceTables(
  { differences, position }: BackDifference,
  drawn: readonly DifferenceLink[],
  tokens: readonly Token[]
): { places: Table; links: Table } {
  const T = tokens.length;
  const depths = Array.from({ length: differences.length / T }, (_, depth) => depth);
  const pointsOf = (change: number) => (Number.isNaN(change) ? NO_PARTNER : points(change));
  const places = tokens
    .slice(0, position + 1)
    .map((_, at) => [placed(tokens, at), ...depths.map((depth) => pointsOf(differences[depth * T + at]))]);
  const links = drawn.map(({ position: at, layer, source, head, a, b }) => [
    placed(tokens, at),
    String(layer),
    placed(tokens, source),
    `${layer}.${head}`,
    formatWeight(a),
    formatWeight(b),
    points(b - a)
  ]);
  const depthNames = depths.map((depth) => (depth === 0 ? flowWords.embed : flowWords.opened(depth - 1)));
  return {
    places: { columns: [flowWords.columns.token, ...depthNames], rows: places },
    links: { columns: [...words.linkColumns], rows: links }
  };
}
