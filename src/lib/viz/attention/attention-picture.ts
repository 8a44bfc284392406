/**
 * What the large picture shows, in numbers and in words: the head's own at one stage, or what the settings make of the
 * patterns of one or several heads. Whoever draws it need not ask which of the two it is.
 */
import { headFacts, type Token } from '$lib/gpt2';
import { attentionWords as words } from '$lib/words';
import { formatWeight } from '../common/format';
import type { HeadPlace } from '../common/head-grid';
import { scoreDivisor } from '../common/score-divisor';
import { differsFromPattern, rowStories, stageText, storyLines } from './cell-story';
import { describeHead } from './head-facts';
import { plainTable, shownTable, type RowTable } from './row-table';
import { stageValues, type BlockAttention, type HeadShape, type Stage } from './scores';
import { shownLines, shownName, shownRow } from './shown-cell';
import type { ReadHead, ReadingSettings, ShownPattern } from './shown-pattern';
import { aboutStage } from './stage-words';

export interface AttentionPicture {
  /** What is shown in place of the head's own; null: the head's own. */
  readonly instead: string | null;
  /** What the map draws, [T, T], row = query; undefined while it is not loaded. */
  readonly values: Float32Array | Float64Array | undefined;
  /** What lines and text draw, as `values`: probabilities. */
  readonly pattern: Float32Array | undefined;
  /** What the colours are. */
  readonly legend: string;
  /** The map, and the lines of every query, for a screen reader. */
  readonly map: string;
  readonly links: string;
  /** The heading of one query's arcs, with {token} for the query. */
  readonly arcs: string;
  /** One query's arcs, for a screen reader. */
  readonly reads: (query: number) => string;
  /** What a query has at each key; undefined while it is not loaded. */
  readonly row: (query: number) => PictureRow | undefined;
  readonly table: (query: number, tokens: readonly Token[]) => RowTable;
}

/** One query of the picture. */
export interface PictureRow {
  /** What it reads of each key, [T]. */
  readonly shares: readonly number[];
  /** What is drawn at a key, as text. */
  readonly text: (key: number) => string;
  /** The steps that lead to it. */
  readonly lines: (key: number) => string[];
  /** The model's own share where these steps lead to another one, as after an edit; null: they do not. */
  readonly changed: (key: number) => string | null;
}

/** A head's own scores or weights. */
export function ownPicture(
  block: BlockAttention,
  shape: HeadShape,
  { layer, head }: HeadPlace,
  stage: Stage
): AttentionPicture {
  const { pattern } = block;
  const name = words.head(layer, head);
  const { legend } = aboutStage(stage, shape);
  const habit = pattern ? describeHead(headFacts(pattern, shape.T)) : words.readingHabit;
  const stories = (query: number) => rowStories(block, shape, head, query);
  const divisor = scoreDivisor(shape.d_head, shape.factor).text;
  return {
    instead: null,
    values: stageValues(stage, block, shape, head),
    pattern,
    legend,
    map: words.map(name, legend, habit),
    links: words.links(name, habit),
    arcs: words.arcsFrom(layer, head),
    reads: (query) => words.reads(name, query, habit),
    row(query) {
      const cells = stories(query);
      return (
        cells && {
          shares: cells.map((cell) => cell.pattern ?? cell.softmax),
          text: (key) => stageText(cells[key], stage),
          lines: (key) => storyLines(cells[key]),
          changed: (key) => (differsFromPattern(cells[key]) ? formatWeight(cells[key].pattern!) : null)
        }
      );
    },
    table: (query, tokens) => plainTable(name, query, stories(query) ?? [], tokens, divisor)
  };
}

/** What the settings make of one or several heads; `shown` is undefined while it is not loaded. */
export function combinedPicture(
  heads: readonly ReadHead[],
  settings: ReadingSettings,
  shown: ShownPattern | undefined,
  T: number
): AttentionPicture {
  const name = shownName(heads, settings);
  const cellsOf = (query: number) => shown && shownRow(heads, settings, shown, T, query);
  return {
    instead: name,
    values: shown?.values,
    pattern: shown?.values,
    legend: name,
    map: words.shownMap(name),
    links: words.shownMap(name),
    arcs: words.arcsFromShown(name),
    reads: (query) => words.shownReads(name, query),
    row(query) {
      const cells = cellsOf(query);
      return (
        cells && {
          shares: cells.map(({ value }) => value),
          text: (key) => formatWeight(cells[key].value),
          lines: (key) => shownLines(cells[key], settings),
          changed: () => null
        }
      );
    },
    table: (query, tokens) => shownTable(name, query, cellsOf(query) ?? [], tokens)
  };
}
