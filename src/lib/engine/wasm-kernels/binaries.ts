/**
 * The compiled kernels, one for each kind of machine: with fused multiply-add ("relaxed SIMD") or without, and for a
 * memory that threads share or for a private one.
 */
export interface KernelBinaries {
  readonly relaxedShared: Uint8Array<ArrayBuffer>;
  readonly relaxedPrivate: Uint8Array<ArrayBuffer>;
  readonly plainShared: Uint8Array<ArrayBuffer>;
  readonly plainPrivate: Uint8Array<ArrayBuffer>;
}

/** What the kernels' module exports; addresses and jobs as in assembly/index.ts. */
export interface KernelExports {
  poolBytes(threads: number): number;
  wordsAt(pool: number): number;
  runAlone(pool: number, job: number, chunks: number): void;
  runShared(pool: number, job: number, chunks: number): void;
  serve(pool: number, thread: number): void;
  /** 1 if all are finite, else 0. */
  widenHalf(from: number, to: number, count: number): number;
}

export type KernelKind = 'relaxed' | 'plain';

/** Makes an instance of the kernels that works in the given memory. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as unknown as KernelExports;
}

/** The fastest of the binaries that this machine can run in such a memory, or null where it has no SIMD. */
export function chooseBinary(
  binaries: KernelBinaries,
  shared: boolean
): { kind: KernelKind; binary: Uint8Array<ArrayBuffer> } | null {
  const candidates = [
    { kind: 'relaxed' as const, binary: shared ? binaries.relaxedShared : binaries.relaxedPrivate },
    { kind: 'plain' as const, binary: shared ? binaries.plainShared : binaries.plainPrivate }
  ];
  return candidates.find(({ binary }) => WebAssembly.validate(binary)) ?? null;
}
