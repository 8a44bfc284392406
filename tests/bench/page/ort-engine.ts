import * as Comlink from 'comlink';
import type { OrtProvider, OrtService } from './ort.worker';
import type { Generation, Outputs } from './our-engine';

/** onnxruntime-web in a worker of its own, as ours is. Every time is in ms, from call to answer. */
export class OrtEngine {
  #worker: Worker | null = null;
  #remote: Comlink.Remote<OrtService> | null = null;

  /** Creates the session, weights fetched and read. */
  async load(
    folder: string,
    threads: number,
    graph = 'forward.onnx',
    provider: OrtProvider = 'wasm'
  ): Promise<number> {
    this.dispose();
    this.#worker = new Worker(new URL('./ort.worker.ts', import.meta.url), { type: 'module', name: 'ort' });
    this.#remote = Comlink.wrap<OrtService>(this.#worker);
    const started = performance.now();
    await this.#remote.load(new URL(folder, location.href).href, graph, threads, provider);
    return performance.now() - started;
  }

  async forward(ids: number[]): Promise<number> {
    const started = performance.now();
    await this.#service.forward(ids);
    return performance.now() - started;
  }

  /** As many whole passes as there are lists, one after another. */
  async wholeRuns(lists: readonly number[][]): Promise<number> {
    const started = performance.now();
    for (const ids of lists) await this.#service.forward(ids);
    return performance.now() - started;
  }

  generate(prompt: number[], count: number): Promise<Generation> {
    return this.#service.generate(prompt, count);
  }

  /** Ends the worker and its session. */
  dispose(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#remote = null;
  }

  outputs(ids: number[]): Promise<Outputs> {
    return this.#service.outputs(ids);
  }

  get #service(): Comlink.Remote<OrtService> {
    if (this.#remote) return this.#remote;
    throw new Error('bench: onnxruntime-web must be loaded, got no session. Call load first.');
  }
}
