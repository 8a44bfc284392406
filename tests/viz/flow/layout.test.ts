import { describe, expect, it } from 'vitest';
import { bandOf, layoutBands, MOST_ROWS, namedRows } from '../../../src/lib/viz/flow/bands.ts';
import { blockColumns } from '../../../src/lib/viz/flow/block-columns.ts';
import type { FlowNorms } from '../../../src/lib/viz/flow/facts.ts';
import type { BlockPart, BlockReads } from '../../../src/lib/viz/flow/types.ts';
import { flowGrid, moveCursor, partAt, type FlowCursor } from '../../../src/lib/viz/flow/cursor.ts';
import {
  columnAt,
  fitted,
  layoutFlow,
  linkScale,
  placeLinks,
  placeStraight,
  rowAt,
  streamPath,
  tickX
} from '../../../src/lib/viz/flow/layout.ts';
import { nearestPart, tickHeight } from '../../../src/lib/viz/flow/nearest.ts';

const bands = layoutBands(4, 3, []);
/** Labels 92, then 0.7 + 2 + 0.7 columns of 100: embed 92 to 162, blocks from 162 and 262, ln_f from 362 to 432. */
const frame = { width: 92 + 340, n_layer: 2, bands, room: 400 };
const geometry = layoutFlow(frame);
const link = (layer: number, source: number, share: number, position = 3) => ({
  layer,
  source,
  position,
  share,
  head: 0
});

describe('blockColumns(part, reads, place)', () => {
  const place = { T: 2, layer: 1, position: 0 };
  const texts = (part: BlockPart, reads: BlockReads, norms?: FlowNorms) =>
    blockColumns(part, reads, { ...place, norms }).map(({ values, text }) =>
      Array.from(values, (value, at) => text(value, at))
    );

  it('gives the selected query its scores and weights, and later keys none', () => {
    const scores = Float32Array.of(1.5, -Infinity, 2, 3);
    const pattern = Float32Array.of(1, 0, 0.25, 0.75);
    expect(texts('qkv', { scores, pattern })).toEqual([
      ['1.500', 'NaN'],
      ['100 %', 'NaN']
    ]);
  });

  it('finds the most active neuron of each position', () => {
    const post = Float32Array.of(0.5, 2, -0.1, -0.2, -0.1, -0.3); // 3 neurons at 2 positions
    const norms = { resid: new Float32Array(6), mlp_out: Float32Array.of(9, 9, 4, 5) };
    expect(texts('mlp', { post }, norms)).toEqual([
      ['4.000', '5.000'],
      ['1: 2.000', '1: −0.1000']
    ]);
  });

  it('leaves out what has not arrived', () => {
    expect(texts('layernorm', { ln2: Float32Array.of(1, 2) })).toEqual([['1.000', '2.000']]);
    expect(texts('qkv', {})).toEqual([]);
  });
});

describe('namedRows(count, rowHeight, inPlay)', () => {
  it('names every row that is high enough', () => {
    expect([...namedRows(3, 11, [2])].sort()).toEqual([0, 1, 2]);
  });

  it('names the rows in play, and of lower ones those that touch no other name', () => {
    // Names are 11 px, rows 9 px: neighbours would touch.
    expect([...namedRows(6, 9, [3])].sort()).toEqual([0, 3, 5]);
    expect([...namedRows(4, 9, [1, 2])].sort()).toEqual([1, 2]);
  });
});

describe('layoutBands(T, selected, sources)', () => {
  it('gives each position of a short prompt a row of its own', () => {
    expect(layoutBands(3, 2, [])).toEqual([0, 1, 2].map((at) => ({ first: at, last: at })));
  });

  it.each([61, 300, 1024])('keeps at most 60 rows of %i positions, without a gap or an overlap', (T) => {
    const found = layoutBands(T, T - 1, [5, 40, 7]);
    expect(found.length).toBeLessThanOrEqual(MOST_ROWS);
    found.forEach((band, index) => expect(band.first).toBe(index === 0 ? 0 : found[index - 1].last + 1));
    expect(found.at(-1)).toEqual({ first: T - 1, last: T - 1 });
    for (const source of [5, 40, 7])
      expect(found[bandOf(found, source)]).toEqual({ first: source, last: source });
  });

  it.each([24, 37, 50])('keeps to %i rows where there is no room for more', (most) => {
    for (let T = most + 1; T < 200; T += 7) {
      const sources = Array.from({ length: 20 }, (_, index) => (index * 37) % T);
      const found = layoutBands(T, T - 1, sources, most);
      expect(found.length).toBeLessThanOrEqual(most);
      expect(found.at(-1)!.last).toBe(T - 1);
    }
  });

  it('lets the strongest twelve sources stand alone, not all of them', () => {
    const sources = Array.from({ length: 30 }, (_, index) => index * 9);
    const found = layoutBands(300, 299, sources);
    const alone = sources.filter(
      (source) => found[bandOf(found, source)].first === found[bandOf(found, source)].last
    );
    expect(alone.slice(0, 12)).toEqual(sources.slice(0, 12));
    expect(found.length).toBeLessThanOrEqual(MOST_ROWS);
  });
});

describe('layoutFlow({ width, n_layer, bands, room })', () => {
  it('divides the width after the labels: embeddings and ln_f take 0.7 of a block', () => {
    expect(geometry.embed).toEqual({ x: 92, width: 70 });
    expect(geometry.blocks.map(({ x }) => x)).toEqual([162, 262]);
    expect(geometry.ln_f.x).toBe(362);
    expect(geometry.end).toBe(432);
  });

  it('gives rows 9 to 28 px, as the room allows', () => {
    expect(geometry.rowHeight).toBe(28);
    expect(layoutFlow({ ...frame, room: 60 }).rowHeight).toBe(15);
    expect(layoutFlow({ ...frame, room: 4 }).rowHeight).toBe(9);
  });

  it('parts at an opened block: it takes its width, the others share the rest', () => {
    const parted = layoutFlow({ ...frame, parted: { layer: 0, width: 220, bar: 60 } });
    expect(parted.top - geometry.top).toBe(60);
    expect(parted.blocks[0].width).toBe(220);
    expect(parted.end).toBe(432);
  });

  it('finds the column and the row under a point', () => {
    expect([100, 162, 261, 262, 400].map((x) => columnAt(geometry, x))).toEqual([0, 1, 1, 2, 3]);
    expect([40, 67, 68, 5000].map((y) => rowAt(bands, geometry, y))).toEqual([0, 0, 1, 3]);
  });
});

describe('placeLinks(links, geometry, scale)', () => {
  const links = [link(0, 0, 0.1), link(0, 2, 0.05), link(1, 1, 0.2)];

  it('turns the nearest source first, so that no two links of a block cross', () => {
    const [near, far] = placeLinks(links, geometry, 1);
    expect(near.source).toBe(2);
    expect(near.to.x + near.width / 2).toBeLessThanOrEqual(far.to.x - far.width / 2);
  });

  it('is 1 px wide for 1 % of the row, and ends at the selected row', () => {
    const placed = placeLinks(links, geometry, 1);
    expect(placed.map(({ width }) => width)).toEqual([5, 10, 20]);
    expect(placed.every(({ to }) => to.y === geometry.y(3))).toBe(true);
  });

  it('leaves the links of a block a quarter of its room, however many they are', () => {
    const many = Array.from({ length: 40 }, () => link(0, 0, 0.01));
    expect(linkScale(many, geometry)).toBeCloseTo((0.25 * (0.86 - 0.3) * 100) / 40, 6);
  });

  it('gives rows that read in one block places beside each other', () => {
    const [one, other] = placeLinks([link(0, 0, 0.1, 3), link(0, 0, 0.05, 1)], geometry, 1);
    expect([one.to.y, other.to.y]).toEqual([geometry.y(1), geometry.y(3)]);
    expect(one.to.x + one.width / 2).toBeLessThanOrEqual(other.to.x - other.width / 2);
  });

  it('keeps all links before the tick of their block, by a smaller scale where they are many', () => {
    const many = [0, 1, 2].map((source) => link(0, source, 0.4));
    const scale = linkScale(many, geometry);
    expect(scale).toBeLessThan(1);
    for (const { to, width } of placeLinks(many, geometry, scale))
      expect(to.x + width / 2).toBeLessThanOrEqual(tickX(geometry.blocks[0]) + 1);
  });
});

describe('streamPath(norms, y, geometry, scale)', () => {
  it('is as thick as the norm at every depth', () => {
    expect(streamPath([10, 20, 40], 50, geometry, 0.5)).toBe(
      'M92 47.5L162 47.5L262 45L362 40L432 40L432 60L362 60L262 55L162 52.5L92 52.5Z'
    );
  });
});

describe('tickHeight(ratio, rowHeight)', () => {
  it('is 60 px for a vector as long as the stream in a row of 28, and cut where it leaves the row', () => {
    expect(tickHeight(0.2, 28)).toEqual({ height: 12, cut: false });
    expect(tickHeight(7, 28)).toEqual({ height: 0.92 * 28, cut: true });
    expect(tickHeight(NaN, 28)).toEqual({ height: 0, cut: false });
  });
});

describe('nearestPart(point, picture)', () => {
  const placed = placeLinks([link(0, 1, 0.1)], geometry, 1);
  const faint = placeStraight([link(1, 0, 0.1, 2)], geometry, 1); // from (262, row 0) to (317, row 2)
  const pictured = { geometry, bands, placed, faint, lensTop: geometry.bottom + 8 };
  const at = (x: number, y: number) => nearestPart({ x, y }, pictured);

  it('finds the link, the tick, the lens and the row', () => {
    expect(at(placed[0].to.x, geometry.y(2))).toEqual({
      kind: 'link',
      layer: 0,
      source: 1,
      position: 3
    });
    expect(at(tickX(geometry.blocks[1]), geometry.y(0))).toEqual({ kind: 'mlp', layer: 1, position: 0 });
    expect(at(280, geometry.bottom + 20)).toEqual({ kind: 'lens', depth: 2 });
    expect(at(280, geometry.y(0))).toEqual({ kind: 'row', position: 0, depth: 2 });
    expect(at(280, 2)).toBeNull();
  });

  it('finds a link of another row on its straight way, and not beside it', () => {
    const middle = (262 + 317) / 2;
    expect(at(middle, geometry.y(1))).toEqual({ kind: 'link', layer: 1, source: 0, position: 2 });
    expect(at(middle + 12, geometry.y(1))).toEqual({ kind: 'row', position: 1, depth: 2 });
  });
});

describe('moveCursor(key, cursor, grid)', () => {
  /** Rows 2 and 3; in block 0 row 2 reads from 1, and row 3 from 0 and 2. */
  const grid = flowGrid({
    n_layer: 2,
    bands: bands.slice(2),
    links: [link(0, 2, 0.1), link(0, 0, 0.1), link(0, 1, 0.1, 2)],
    hasLens: true
  });
  const walk = (from: FlowCursor, ...keys: string[]) =>
    keys.reduce((at, key) => moveCursor(key, at, grid) ?? at, from);
  const start: FlowCursor = { column: 0, row: 1, item: 0 };

  it('has every link, MLP, stream and lens token of every row', () => {
    expect(grid.map((column) => column.map((parts) => parts.map(({ kind }) => kind)))).toEqual([
      [['row'], ['row'], ['lens']],
      [['link', 'mlp', 'row'], ['link', 'link', 'mlp', 'row'], ['lens']],
      [['mlp', 'row'], ['mlp', 'row'], ['lens']],
      [['row'], ['row'], []]
    ]);
  });

  it('walks by blocks, through the parts of a block from row to row, and by rows', () => {
    const inBlock = walk(start, 'ArrowRight');
    expect(partAt(grid, inBlock)).toEqual({ kind: 'link', layer: 0, source: 0, position: 3 });
    expect(partAt(grid, walk(inBlock, 'ArrowUp'))).toEqual({ kind: 'row', position: 2, depth: 1 });
    expect(partAt(grid, walk(inBlock, 'PageUp'))).toEqual({
      kind: 'link',
      layer: 0,
      source: 1,
      position: 2
    });
    expect(partAt(grid, walk(inBlock, 'PageDown'))).toEqual({ kind: 'lens', depth: 1 });
    const down = walk(inBlock, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(partAt(grid, down)).toEqual({ kind: 'lens', depth: 1 });
  });

  it('reaches every part with one key each way, and stops at the ends', () => {
    expect(walk(start, 'PageDown', 'End')).toEqual({ column: 3, row: 1, item: 0 }); // ln_f has no lens
    expect(walk(start, 'ArrowLeft')).toEqual(start);
    expect(walk({ column: 2, row: 0, item: 0 }, 'ArrowUp')).toEqual({ column: 2, row: 0, item: 0 });
    expect(moveCursor('a', start, grid)).toBeUndefined();
  });
});

describe('fitted(text, width)', () => {
  it('cuts a label at the width, and says so', () => {
    expect(fitted('abcdef', 100)).toBe('abcdef');
    expect(fitted('abcdef', 27)).toBe('abc…');
  });
});
