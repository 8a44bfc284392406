import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What is used of Emscripten's module object inside the backend. */
interface EmscriptenModule {
  readonly asm?: Record<string, unknown>;
  readonly PThread?: { loadWasmModuleToWorker(worker: object, onloaded: () => void): void };
}

/**
 * The memory that the wasm backend works in, or null where it does not let it be found.
 *
 * The backend without threads exports its memory. The one with threads was given it; it passes it on to each worker
 * that it prepares, and so to an object that stands in for one.
 */
export function memoryOf(backend: BackendWasm): WebAssembly.Memory | null {
  const { asm, PThread } = backend.wasm as unknown as EmscriptenModule;
  const exported = Object.values(asm ?? {}).find((value) => value instanceof WebAssembly.Memory);
  if (exported) return exported;
  let passedOn: WebAssembly.Memory | null = null;
  const standIn = {
    postMessage(message: { wasmMemory?: unknown }) {
      if (message.wasmMemory instanceof WebAssembly.Memory) passedOn = message.wasmMemory;
    }
  };
  PThread?.loadWasmModuleToWorker(standIn, () => {});
  return passedOn;
}
