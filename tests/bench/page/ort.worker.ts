import * as Comlink from 'comlink';
import type * as Ort from 'onnxruntime-web';
import type { Generation, Outputs } from './our-engine';

const DIST = new URL('/ort/', self.location.origin).href;

/** What it computes on; each is a build of its own. */
const BUILDS = { wasm: 'ort.wasm.min.mjs', webgpu: 'ort.webgpu.min.mjs' };
export type OrtProvider = keyof typeof BUILDS;

/** The twin's sizes: scripts/bench/seeded-checkpoint.ts. */
const GPT2_SMALL_SIZES = { n_head: 12, n_embd: 768 };

/** The first of the largest. */
function best(logits: Float32Array): number {
  let found = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id] > logits[found]) found = id;
  return found;
}

/** onnxruntime-web with the ONNX twin of the weights; its package is served as it is published. */
export class OrtService {
  #ort!: typeof Ort;
  #session!: Ort.InferenceSession;

  /** @param graph forward.onnx, or decode.onnx for `generate` */
  async load(folder: string, graph: string, threads: number, provider: OrtProvider): Promise<void> {
    this.#ort = (await import(/* @vite-ignore */ `${DIST}${BUILDS[provider]}`)) as typeof Ort;
    this.#ort.env.wasm.wasmPaths = DIST;
    this.#ort.env.wasm.numThreads = threads;
    const weights = await fetch(`${folder}model.safetensors`);
    this.#session = await this.#ort.InferenceSession.create(`${folder}${graph}`, {
      executionProviders: [provider],
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

  /**
   * Adds the best token `count` times, with the keys and values of all tokens before. Its graph takes a token at a time,
   * so a prompt is read in `prompt`, and only what follows is timed.
   */
  async generate(prompt: number[], count: number): Promise<Generation> {
    let past = this.#emptyPast();
    let logits = new Float32Array();
    const ids: number[] = [];
    let started = 0;
    for (let position = 0; ids.length < count; position++) {
      if (position >= prompt.length) {
        ids.push(best(logits));
        if (ids.length === 1) started = performance.now();
        if (ids.length === count) break;
      }
      const id = prompt[position] ?? ids[ids.length - 1];
      const results = await this.#session.run({
        ids: this.#integers(id),
        positions: this.#integers(position),
        ...past
      });
      logits = results.logits.data as Float32Array<ArrayBuffer>;
      past = Object.fromEntries(
        Object.keys(past).map((name) => [name, results[name.replace('past', 'present')] as Ort.Tensor])
      );
    }
    return { ids, logits, milliseconds: performance.now() - started };
  }

  #emptyPast(): Record<string, Ort.Tensor> {
    const { n_head, n_embd } = GPT2_SMALL_SIZES;
    const names = this.#session.inputNames.filter((name) => name.startsWith('past.'));
    const empty = () => new this.#ort.Tensor('float32', new Float32Array(), [n_head, 0, n_embd / n_head]);
    return Object.fromEntries(names.map((name) => [name, empty()]));
  }

  #integers(value: number): Ort.Tensor {
    return new this.#ort.Tensor('int64', BigInt64Array.of(BigInt(value)), [1]);
  }

  #run(ids: number[]): Promise<Ort.InferenceSession.OnnxValueMapType & Record<string, Ort.Tensor>> {
    const tensor = new this.#ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [ids.length]);
    return this.#session.run({ ids: tensor }) as never;
  }
}

Comlink.expose(new OrtService());
