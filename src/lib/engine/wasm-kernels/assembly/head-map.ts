import { QUERIES, softmaxRow } from './attention';
import { multiply } from './matmul';

/** For queries 0 and 1, position 0 is also the query itself or the token before it. */
const FIRST_TELLING_QUERY: i32 = 2;

/** most = max(most, row), number by number; a NaN stays one. */
function raise(count: i32, row: usize, most: usize): void {
  const whole = (<usize>(count & ~3)) << 2;
  const end = (<usize>count) << 2;
  for (let i: usize = 0; i < whole; i += 16) {
    v128.store(most + i, f32x4.max(v128.load(most + i), v128.load(row + i)));
  }
  for (let i = whole; i < end; i += 4) f32.store(most + i, max(f32.load(most + i), f32.load(row + i)));
}

/** One row of the map: the largest of each `block` keys. */
function poolRow(keys: i32, block: i32, most: usize, cells: usize): void {
  for (let first = 0; first < keys; first += block) {
    const end = min(first + block, keys);
    let cell: f32 = 0;
    for (let key = first; key < end; key++) cell = max(cell, f32.load(most + ((<usize>key) << 2)));
    f32.store(cells, cell);
    cells += 4;
  }
}

/**
 * One head's causal pattern of T positions as a small map: a cell holds the largest probability of `block` queries by
 * `block` keys. After the map, the mean probabilities on position 0, on the token before the query and on the query.
 * Queries are multiplied as in `attendHead`, so that the probabilities are the same numbers.
 *
 * q and k are addresses of the head's first column in [padded, width] matrices, rows of [QUERIES + 1, padded] numbers to work in.
 */
export function mapHead(
  T: i32,
  padded: i32,
  block: i32,
  d_head: i32,
  width: i32,
  q: usize,
  k: usize,
  rows: usize,
  map: usize,
  scratch: usize
): void {
  const ld = (<usize>width) << 2;
  const rowBytes = (<usize>padded) << 2;
  const scale: f32 = 1 / sqrt<f32>(<f32>d_head);
  const side = (T + block - 1) / block;
  const facts = map + ((<usize>(side * side)) << 2);
  const most = rows + <usize>QUERIES * rowBytes; // of the queries of one row of cells, by key
  memory.fill(map, 0, facts - map);
  memory.fill(most, 0, rowBytes);
  let toFirst: f64 = 0;
  let toPrevious: f64 = 0;
  let toSelf: f64 = 0;
  for (let start = 0; start < T; start += QUERIES) {
    const count = min(QUERIES, padded - start);
    multiply<f32>(
      count,
      d_head,
      q + <usize>start * ld,
      ld,
      k,
      ld,
      true,
      rows,
      rowBytes,
      0,
      0,
      start + count,
      scratch
    );
    const end = min(start + count, T);
    for (let query = start; query < end; query++) {
      const row = rows + <usize>(query - start) * rowBytes;
      softmaxRow(query + 1, query + 1, scale, 0, row, row);
      raise(query + 1, row, most);
      if (query % block === block - 1 || query === T - 1) {
        poolRow(query + 1, block, most, map + ((<usize>((query / block) * side)) << 2));
        memory.fill(most, 0, rowBytes);
      }
      if (query < FIRST_TELLING_QUERY) continue;
      toFirst += <f64>f32.load(row);
      toPrevious += <f64>f32.load(row + ((<usize>(query - 1)) << 2));
      toSelf += <f64>f32.load(row + ((<usize>query) << 2));
    }
  }
  const queries = <f64>max(1, T - FIRST_TELLING_QUERY);
  f32.store(facts, <f32>(toFirst / queries));
  f32.store(facts + 4, <f32>(toPrevious / queries));
  f32.store(facts + 8, <f32>(toSelf / queries));
}
