/** The jobs of assembly/jobs.ts: their numbers, the order of their arguments, and how they are cut into chunks. */

export const JOB = {
  matmul: 0,
  layerNorm: 1,
  gelu: 2,
  attention: 3,
  decode: 4,
  add: 5,
  panels: 6,
  layOut: 7,
  headMaps: 8,
  widen: 9,
  // the same as above, with B in float16
  halfMatmul: 10,
  halfPanels: 11,
  halfLayOut: 12
} as const;

/** A job ready to run: 32-bit words, a chunk count. */
export interface Job {
  readonly job: number;
  /** Addresses and sizes. */
  readonly words: readonly number[];
  /** One of the words is a float. */
  readonly float?: { readonly index: number; readonly value: number };
  readonly chunks: number;
}

const MOST_CHUNKS = 65_535;
const PACKED_COLUMNS = 32; // CHUNK in assembly/matmul.ts
const FEW_ROWS = 8; // FEW in assembly/dots.ts
const PANELS_AT_ONCE = 4; // of a thread's share: 32 columns, two cache lines of each row of C
const PANELS_LAID_OUT = 8;
/** Rows of numbers that a head's map is made in: QUERIES in assembly/attention.ts, and one more. */
export const MAP_ROWS = 48 + 1;
const VECTOR = 4;
const LAYER_NORM_ROWS = 4;
const CHUNK_NUMBERS = 4096; // of a step that takes each number by itself

export interface MatmulArguments {
  readonly a: number;
  readonly b: number;
  /** Address of n numbers, or 0. */
  readonly bias: number;
  readonly c: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** B is [n, k] instead of [k, n]. */
  readonly transposed: boolean;
  /** B is float16; transposed only. */
  readonly half?: boolean;
}

/**
 * C[m, n] = A[m, k] · B + bias, cut for so many threads. Dot products of a few rows read B in one run: a chunk a thread.
 */
export function matmulJob(args: MatmulArguments, threads: number): Job {
  const { a, b, bias, c, m, n, k, transposed, half } = args;
  const share = Math.ceil(n / threads / VECTOR) * VECTOR;
  const unit = transposed && m <= FEW_ROWS ? share : PACKED_COLUMNS;
  const columns = unit * Math.ceil(n / unit / MOST_CHUNKS);
  return {
    job: half ? JOB.halfMatmul : JOB.matmul,
    words: [a, b, bias, c, m, n, k, Number(transposed), columns],
    chunks: Math.ceil(n / columns)
  };
}

export interface PanelsArguments {
  readonly a: number;
  /** Address of [count, k, 8] numbers. */
  readonly panels: number;
  /** Address of 8 count numbers. */
  readonly bias: number;
  readonly c: number;
  readonly m: number;
  readonly count: number;
  readonly k: number;
  /** The panels are float16. */
  readonly half: boolean;
}

/** C[m, 8 count] = A[m, k] · B + bias, B in panels. */
export function panelsJob({ a, panels, bias, c, m, count, k, half }: PanelsArguments): Job {
  const each = PANELS_AT_ONCE * Math.ceil(count / PANELS_AT_ONCE / MOST_CHUNKS);
  return {
    job: half ? JOB.halfPanels : JOB.panels,
    words: [a, panels, bias, c, m, count, k, each],
    chunks: Math.ceil(count / each)
  };
}

export interface LayOutArguments {
  /** Address of the first number of the columns to lay out. */
  readonly b: number;
  /** Address of [count, k, 8] numbers. */
  readonly out: number;
  readonly k: number;
  /** Numbers from one row of B to the next. */
  readonly stride: number;
  readonly count: number;
  /** B and what is written are float16. */
  readonly half: boolean;
}

/** 8 count columns of B → out [count, k, 8]. */
export function layOutJob({ b, out, k, stride, count, half }: LayOutArguments): Job {
  const each = PANELS_LAID_OUT * Math.ceil(count / PANELS_LAID_OUT / MOST_CHUNKS);
  const words = [b, out, k, stride, count, each];
  return { job: half ? JOB.halfLayOut : JOB.layOut, words, chunks: Math.ceil(count / each) };
}

export interface LayerNormArguments {
  readonly x: number;
  readonly weight: number;
  readonly bias: number;
  readonly scale: number;
  readonly out: number;
  readonly rows: number;
  readonly width: number;
  readonly epsilon: number;
}

export function layerNormJob(args: LayerNormArguments): Job {
  const { x, weight, bias, scale, out, rows, width, epsilon } = args;
  const each = LAYER_NORM_ROWS * Math.ceil(rows / LAYER_NORM_ROWS / MOST_CHUNKS);
  return {
    job: JOB.layerNorm,
    words: [x, weight, bias, scale, out, rows, width, 0, each],
    float: { index: 7, value: epsilon },
    chunks: Math.ceil(rows / each)
  };
}

export function geluJob(x: number, out: number, count: number): Job {
  const each = numbersInChunk(count);
  return { job: JOB.gelu, words: [x, out, count, each], chunks: Math.ceil(count / each) };
}

/** out = a + b. */
export function addJob(a: number, b: number, out: number, count: number): Job {
  const each = numbersInChunk(count);
  return { job: JOB.add, words: [a, b, out, count, each], chunks: Math.ceil(count / each) };
}

/** Float16 at `from`, as float32. */
export function widenJob(from: number, out: number, count: number): Job {
  const each = numbersInChunk(count);
  return { job: JOB.widen, words: [from, out, count, each], chunks: Math.ceil(count / each) };
}

const numbersInChunk = (count: number) => CHUNK_NUMBERS * Math.ceil(count / CHUNK_NUMBERS / MOST_CHUNKS);

export interface AttentionArguments {
  readonly q: number;
  readonly k: number;
  readonly v: number;
  readonly scores: number;
  readonly pattern: number;
  readonly z: number;
  /** Runs of T rows each, below one another. */
  readonly runs: number;
  readonly T: number;
  readonly n_head: number;
  readonly n_embd: number;
  readonly masked: number;
}

export function attentionJob(args: AttentionArguments): Job {
  const { q, k, v, scores, pattern, z, runs, T, n_head, n_embd, masked } = args;
  return {
    job: JOB.attention,
    words: [q, k, v, scores, pattern, z, T, n_embd / n_head, n_embd, 0],
    float: { index: 9, value: masked },
    chunks: runs * n_head
  };
}

export interface HeadMapsArguments {
  readonly q: number;
  readonly k: number;
  /** Address of [n_head, MAP_ROWS, padded] numbers to work in. */
  readonly rows: number;
  /** Address of [n_head, size] numbers. */
  readonly maps: number;
  readonly T: number;
  /** Rows of q and k. */
  readonly padded: number;
  /** Positions that share a cell, in each direction. */
  readonly block: number;
  readonly n_head: number;
  readonly n_embd: number;
  /** Numbers of one head's map and what follows it. */
  readonly size: number;
}

/** Every head's pattern as a small map. */
export function headMapsJob(args: HeadMapsArguments): Job {
  const { q, k, rows, maps, T, padded, block, n_head, n_embd, size } = args;
  return {
    job: JOB.headMaps,
    words: [q, k, rows, maps, T, padded, block, n_embd / n_head, n_embd, size],
    chunks: n_head
  };
}

export interface DecodeArguments {
  readonly q: number;
  readonly k: number;
  readonly v: number;
  readonly keys: number;
  readonly values: number;
  readonly pattern: number;
  readonly z: number;
  /** Address of `batch` whole numbers: the first position that each row looks at. */
  readonly first: number;
  readonly batch: number;
  /** Positions, the new one included. */
  readonly T: number;
  readonly capacity: number;
  readonly n_head: number;
  readonly n_embd: number;
}

/** One new position of each row of a batch. */
export function decodeJob(args: DecodeArguments): Job {
  const { q, k, v, keys, values, pattern, z, first, batch, T, capacity, n_head, n_embd } = args;
  return {
    job: JOB.decode,
    words: [q, k, v, keys, values, pattern, z, first, T, capacity, n_embd / n_head, n_head],
    chunks: batch * n_head
  };
}
