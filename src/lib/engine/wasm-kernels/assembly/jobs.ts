/**
 * Every kernel as a job of independent chunks, so that several threads can share it. A job's arguments are 32-bit
 * words in the memory, at `words`; the order is that of the code below and of jobs.ts outside this folder.
 */
import { add } from './add';
import { attendHead, QUERIES } from './attention';
import { attendNext } from './decode';
import { dotFew, FEW } from './dots';
import { gelu } from './gelu';
import { mapHead } from './head-map';
import { layerNormRow } from './layer-norm';
import { multiply } from './matmul';
import { layOut, multiplyPanels } from './panels';
import { widenHalf } from './widen';

const MATMUL = 0;
const LAYER_NORM = 1;
const GELU = 2;
const ATTENTION = 3;
const DECODE = 4;
const ADD = 5;
const PANELS = 6;
const LAY_OUT = 7;
const HEAD_MAPS = 8;
const WIDEN = 9;
// the same as above, of float16
const HALF_MATMUL = 10;
const HALF_PANELS = 11;
const HALF_LAY_OUT = 12;

function word(words: usize, index: i32): i32 {
  return i32.load(words + ((<usize>index) << 2));
}

function address(words: usize, index: i32): usize {
  return <usize>i32.load(words + ((<usize>index) << 2));
}

function float(words: usize, index: i32): f32 {
  return f32.load(words + ((<usize>index) << 2));
}

/** a, b, bias, c, m, n, k, transposed, columns in a chunk. Only a plain B has a bias; B is of f32, or of u16 for float16. */
function runMatmul<B>(w: usize, chunk: i32, scratch: usize): void {
  const a = address(w, 0);
  const b = address(w, 1);
  const bias = address(w, 2);
  const c = address(w, 3);
  const m = word(w, 4);
  const n = word(w, 5);
  const k = word(w, 6);
  const transposed = word(w, 7) !== 0;
  const columns = word(w, 8);
  const n0 = chunk * columns;
  const n1 = min(n, n0 + columns);
  const lda = (<usize>k) << 2;
  const ldb = <usize>(transposed ? k : n) * sizeof<B>();
  const ldc = (<usize>n) << 2;
  if (transposed && m <= FEW) dotFew<B>(m, k, a, lda, b, ldb, c, ldc, n0, n1);
  else multiply<B>(m, k, a, lda, b, ldb, transposed, c, ldc, bias, n0, n1, scratch);
}

/** a, panels, bias, c, m, panel count, k, panels in a chunk. The panels are of f32, or of u16 for float16. */
function runPanels<B>(w: usize, chunk: i32, scratch: usize): void {
  const count = word(w, 5);
  const each = word(w, 7);
  const first = chunk * each;
  multiplyPanels<B>(
    word(w, 4),
    word(w, 6),
    address(w, 0),
    address(w, 1),
    address(w, 2),
    address(w, 3),
    (<usize>count) << 5,
    first,
    min(count, first + each),
    scratch
  );
}

/** b, out, k, numbers in a row of b, panel count, panels in a chunk. */
function runLayOut<B>(w: usize, chunk: i32): void {
  const ldb = <usize>word(w, 3) * sizeof<B>();
  const each = word(w, 5);
  const first = chunk * each;
  layOut<B>(word(w, 2), address(w, 0), ldb, address(w, 1), first, min(word(w, 4), first + each));
}

/** Float16, out, count, numbers in a chunk. */
function runWiden(w: usize, chunk: i32): void {
  const size = word(w, 3);
  const start = chunk * size;
  const from = address(w, 0) + ((<usize>start) << 1);
  widenHalf(from, address(w, 1) + ((<usize>start) << 2), min(size, word(w, 2) - start));
}

/** x, weight, bias, scale, out, rows, width, epsilon, rows in a chunk. */
function runLayerNorm(w: usize, chunk: i32): void {
  const width = word(w, 6);
  const rows = word(w, 8);
  const last = min(word(w, 5), (chunk + 1) * rows);
  for (let row = chunk * rows; row < last; row++) {
    const at = (<usize>(row * width)) << 2;
    const scale = address(w, 3) + ((<usize>row) << 2);
    layerNormRow(
      width,
      address(w, 0) + at,
      address(w, 1),
      address(w, 2),
      float(w, 7),
      scale,
      address(w, 4) + at
    );
  }
}

/** x, out, count, numbers in a chunk. */
function runGelu(w: usize, chunk: i32): void {
  const size = word(w, 3);
  const start = chunk * size;
  const at = (<usize>start) << 2;
  gelu(min(size, word(w, 2) - start), address(w, 0) + at, address(w, 1) + at);
}

/** a, b, out, count, numbers in a chunk. */
function runAdd(w: usize, chunk: i32): void {
  const size = word(w, 4);
  const start = chunk * size;
  const at = (<usize>start) << 2;
  add(min(size, word(w, 3) - start), address(w, 0) + at, address(w, 1) + at, address(w, 2) + at);
}

/** q, k, v, scores, pattern, z, T, d_head, n_embd, masked. A chunk is a head of one of the runs below one another. */
function runAttention(w: usize, chunk: i32, scratch: usize): void {
  const T = word(w, 6);
  const d_head = word(w, 7);
  const n_embd = word(w, 8);
  const n_head = n_embd / d_head;
  const run = chunk / n_head;
  const column = (<usize>(run * T * n_embd + (chunk - run * n_head) * d_head)) << 2;
  const square = (<usize>chunk * <usize>T * <usize>T) << 2;
  attendHead(
    T,
    d_head,
    n_embd,
    float(w, 9),
    address(w, 0) + column,
    address(w, 1) + column,
    address(w, 2) + column,
    address(w, 3) + square,
    address(w, 4) + square,
    address(w, 5) + column,
    scratch
  );
}

/** q, k, v, keys, values, pattern, z, first, T, capacity, d_head, n_head. A chunk is a head of a row of the batch. */
function runDecode(w: usize, chunk: i32): void {
  const capacity = word(w, 9);
  const d_head = word(w, 10);
  const n_head = word(w, 11);
  const row = chunk / n_head;
  const width = n_head * d_head;
  const column = (<usize>(chunk * d_head)) << 2; // of the matrices with one row for each of the batch
  const cached = (<usize>row * <usize>capacity * <usize>width + <usize>((chunk % n_head) * d_head)) << 2;
  attendNext(
    word(w, 8),
    i32.load(address(w, 7) + ((<usize>row) << 2)),
    capacity,
    d_head,
    width,
    address(w, 0) + column,
    address(w, 1) + column,
    address(w, 2) + column,
    address(w, 3) + cached,
    address(w, 4) + cached,
    address(w, 5) + ((<usize>chunk * <usize>capacity) << 2),
    address(w, 6) + column
  );
}

/** q, k, rows, maps, T, padded, block, d_head, n_embd, numbers of a map. A chunk is a head. */
function runHeadMaps(w: usize, chunk: i32, scratch: usize): void {
  const padded = word(w, 5);
  const d_head = word(w, 7);
  const column = (<usize>(chunk * d_head)) << 2;
  mapHead(
    word(w, 4),
    padded,
    word(w, 6),
    d_head,
    word(w, 8),
    address(w, 0) + column,
    address(w, 1) + column,
    address(w, 2) + ((<usize>(chunk * (QUERIES + 1) * padded)) << 2),
    address(w, 3) + ((<usize>(chunk * word(w, 9))) << 2),
    scratch
  );
}

export function runChunk(job: i32, words: usize, chunk: i32, scratch: usize): void {
  if (job === MATMUL) runMatmul<f32>(words, chunk, scratch);
  else if (job === LAYER_NORM) runLayerNorm(words, chunk);
  else if (job === GELU) runGelu(words, chunk);
  else if (job === ATTENTION) runAttention(words, chunk, scratch);
  else if (job === DECODE) runDecode(words, chunk);
  else if (job === ADD) runAdd(words, chunk);
  else if (job === PANELS) runPanels<f32>(words, chunk, scratch);
  else if (job === LAY_OUT) runLayOut<f32>(words, chunk);
  else if (job === HEAD_MAPS) runHeadMaps(words, chunk, scratch);
  else if (job === WIDEN) runWiden(words, chunk);
  else if (job === HALF_MATMUL) runMatmul<u16>(words, chunk, scratch);
  else if (job === HALF_PANELS) runPanels<u16>(words, chunk, scratch);
  else if (job === HALF_LAY_OUT) runLayOut<u16>(words, chunk);
}
