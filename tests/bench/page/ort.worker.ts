import * as Comlink from 'comlink';
import type * as Ort from 'onnxruntime-web';
import type { Outputs } from './our-engine';

const DIST = new URL('/ort/', self.location.origin).href;

/** onnxruntime-web with the ONNX twin of the weights; its package is served as it is published. */
export class OrtService {
  #ort!: typeof Ort;
  #session!: Ort.InferenceSession;

  async load(folder: string, threads: number): Promise<void> {
    this.#ort = (await import(/* @vite-ignore */ `${DIST}ort.wasm.min.mjs`)) as typeof Ort;
    this.#ort.env.wasm.wasmPaths = DIST;
    this.#ort.env.wasm.numThreads = threads;
    const weights = await fetch(`${folder}model.safetensors`);
    this.#session = await this.#ort.InferenceSession.create(`${folder}forward.onnx`, {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
      externalData: [{ path: 'model.safetensors', data: new Uint8Array(await weights.arrayBuffer()) }]
    });
  }

  /** Runs a pass; attentions, hidden states and logits are then arrays in this worker. */
  async forward(ids: number[]): Promise<void> {
    const results = await this.#run(ids);
    for (const tensor of Object.values(results)) tensor.dispose();
  }

  async outputs(ids: number[]): Promise<Outputs> {
    const results = await this.#run(ids);
    const all = (kind: string) =>
      this.#session.outputNames
        .filter((name) => name.startsWith(`${kind}.`))
        .sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]))
        .map((name) => results[name].data as Float32Array);
    return {
      logits: results.logits.data as Float32Array,
      hiddenStates: all('hidden_states'),
      attentions: all('attentions')
    };
  }

  #run(ids: number[]): Promise<Ort.InferenceSession.OnnxValueMapType & Record<string, Ort.Tensor>> {
    const tensor = new this.#ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [ids.length]);
    return this.#session.run({ ids: tensor }) as never;
  }
}

Comlink.expose(new OrtService());
