/** What one query reads, as a table beside the picture. */
import type { Token } from '$lib/gpt2';
import { attentionWords as words, vectorWords } from '$lib/words';
import { formatWeight } from '../common/format';
import { tokenLabel } from '../common/token-label';
import { scoreText, type CellStory } from './cell-story';
import type { ShownCell } from './shown-cell';

export interface RowTable {
  readonly caption: string;
  readonly columns: string[];
  readonly rows: (string | number)[][];
}

/** One head's own scores and weights; `divisor` is what a score is divided by, in words. */
export function plainTable(
  head: string,
  query: number,
  stories: readonly CellStory[],
  tokens: readonly Token[],
  divisor: string
): RowTable {
  return {
    caption: words.table(head, query, tokenLabel(tokens[query])),
    columns: [vectorWords.key, words.token, 'q·k', words.maskedScore(divisor), words.probability],
    rows: stories.map(({ key, qk, masked, softmax, pattern }) => [
      key,
      tokenLabel(tokens[key]),
      scoreText(qk),
      scoreText(masked),
      formatWeight(pattern ?? softmax)
    ])
  };
}

/** What is shown in place of the head's own pattern, and what each head has of it. */
export function shownTable(
  what: string,
  query: number,
  cells: readonly ShownCell[],
  tokens: readonly Token[]
): RowTable {
  const heads = cells.at(0)?.parts.map(({ name }) => words.ofHead(name)) ?? [];
  return {
    caption: words.table(what, query, tokenLabel(tokens[query])),
    columns: [vectorWords.key, words.token, words.shownValue, ...heads],
    rows: cells.map(({ key, value, parts }) => [
      key,
      tokenLabel(tokens[key]),
      formatWeight(value),
      ...parts.map((part) => formatWeight(part.value))
    ])
  };
}
