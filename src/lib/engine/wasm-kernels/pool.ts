import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { instantiateKernels, type KernelExports } from './binaries.ts';
import type { Job } from './jobs.ts';

/** What a helping thread is started with. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly pool: number;
  readonly thread: number;
}

/** Starts a helping thread: a worker that calls `serve`. */
export type StartHelper = (start: HelperStart) => void;

const WORD_BYTES = 4;

/**
 * Runs jobs on one thread, or shared with helpers.
 *
 * Memory: one block of the backend's memory, for arguments and scratch, for as long as the backend lives.
 */
export class KernelPool {
  readonly #kernels: KernelExports;
  readonly #memory: WebAssembly.Memory;
  readonly #pool: number;
  /** Threads that share a job. */
  readonly threads: number;

  constructor(
    backend: BackendWasm,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    threads: number,
    startHelper: StartHelper
  ) {
    this.#kernels = instantiateKernels(module, memory);
    this.#memory = memory;
    const bytes = this.#kernels.poolBytes(threads);
    const block = backend.makeOutput([Math.ceil(bytes / WORD_BYTES)], 'int32');
    this.#pool = backend.dataIdMap.get(block.dataId).memoryOffset;
    new Uint8Array(memory.buffer, this.#pool, bytes).fill(0);
    this.threads = threads;
    for (let thread = 1; thread < threads; thread++)
      startHelper({ module, memory, pool: this.#pool, thread });
  }

  run({ job, words, float, chunks }: Job): void {
    const { buffer } = this.#memory; // another one after the memory has grown
    const at = this.#kernels.wordsAt(this.#pool) >>> 0;
    new Uint32Array(buffer, at, words.length).set(words);
    if (float) new Float32Array(buffer, at + float.index * WORD_BYTES, 1)[0] = float.value;
    if (this.threads > 1) this.#kernels.runShared(this.#pool, job, chunks);
    else this.#kernels.runAlone(this.#pool, job, chunks);
  }

  /** Widens float16 in the backend's memory where `out` lies in it; null where it does not. */
  widen(bits: Uint16Array, out: Float32Array): boolean | null {
    if (out.buffer !== this.#memory.buffer) return null;
    const from = out.byteOffset + bits.byteLength; // the second half of the room, which is written last
    new Uint16Array(out.buffer, from, bits.length).set(bits);
    return this.#kernels.widenHalf(from, out.byteOffset, bits.length) !== 0;
  }
}
