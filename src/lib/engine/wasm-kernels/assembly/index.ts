/**
 * The wasm kernels, compiled by AssemblyScript. The module has no memory of its own: it works in that of the
 * TensorFlow.js backend, on addresses it is given.
 *
 * `pool` is the address of a block that the caller has allocated: the words below, then a job's arguments, then
 * scratch for each thread.
 */
import { runChunk } from './jobs';
import { SCRATCH_BYTES } from './matmul';

export { widenHalf } from './widen';

const CLAIM: usize = 0; //   number of the job << 16 | chunks not yet claimed
const COMPLETED: usize = 4; // chunks done
const SIGNAL: usize = 8; //  counts jobs; threads without work sleep on it
const CHUNKS: usize = 12;
const JOB: usize = 16;
const WORDS: usize = 64;
const SCRATCH: usize = 192;

const LEFT_MASK: i32 = 0xffff;
const JOB_SHIFT: i32 = 16;
/** Looks at a word before a thread goes to sleep on it: about a millisecond, longer than a chunk and than the pause between two kernels. */
const PATIENCE: i32 = 600000;
const FOREVER: i64 = -1;
const ONE_MILLISECOND: i64 = 1000000; // in ns

/** Bytes of a pool of so many threads. */
export function poolBytes(threads: i32): i32 {
  return <i32>SCRATCH + threads * SCRATCH_BYTES;
}

/** Address of a job's arguments. */
export function wordsAt(pool: usize): usize {
  return pool + WORDS;
}

/** Takes chunks of the current job until none is left, whichever thread asks. */
function work(pool: usize, thread: i32): void {
  const scratch = pool + SCRATCH + <usize>thread * SCRATCH_BYTES;
  while (true) {
    const claim = atomic.load<i32>(pool + CLAIM);
    const left = claim & LEFT_MASK;
    if (left === 0) return;
    if (atomic.cmpxchg<i32>(pool + CLAIM, claim, claim - 1) !== claim) continue;
    const chunks = i32.load(pool + CHUNKS);
    runChunk(i32.load(pool + JOB), pool + WORDS, chunks - left, scratch);
    if (atomic.add<i32>(pool + COMPLETED, 1) + 1 === chunks) atomic.notify(pool + COMPLETED, 1);
  }
}

/** Runs a job of at most 65,535 chunks on this thread alone. */
export function runAlone(pool: usize, job: i32, chunks: i32): void {
  for (let chunk = 0; chunk < chunks; chunk++) runChunk(job, pool + WORDS, chunk, pool + SCRATCH);
}

/** Runs a job with the help of all threads that are in `serve`; returns when it is done. */
export function runShared(pool: usize, job: i32, chunks: i32): void {
  i32.store(pool + JOB, job);
  i32.store(pool + CHUNKS, chunks);
  atomic.store<i32>(pool + COMPLETED, 0);
  const number = (atomic.load<i32>(pool + SIGNAL) + 1) & LEFT_MASK;
  atomic.store<i32>(pool + CLAIM, (number << JOB_SHIFT) | chunks);
  atomic.add<i32>(pool + SIGNAL, 1);
  atomic.notify(pool + SIGNAL, -1);
  work(pool, 0);
  for (let patience = PATIENCE; ; patience--) {
    const done = atomic.load<i32>(pool + COMPLETED);
    if (done === chunks) return;
    if (patience < 0) atomic.wait<i32>(pool + COMPLETED, done, ONE_MILLISECOND);
  }
}

/** The life of a helping thread: never returns. */
export function serve(pool: usize, thread: i32): void {
  let seen = atomic.load<i32>(pool + SIGNAL);
  while (true) {
    work(pool, thread);
    let signal = atomic.load<i32>(pool + SIGNAL);
    for (let patience = PATIENCE; patience > 0 && signal === seen; patience--) {
      signal = atomic.load<i32>(pool + SIGNAL);
    }
    if (signal === seen) atomic.wait<i32>(pool + SIGNAL, seen, FOREVER);
    seen = atomic.load<i32>(pool + SIGNAL);
  }
}
