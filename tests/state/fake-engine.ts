/** An engine that answers from a list, so that a test decides what has arrived and what has not. */
import type { Engine, ModelInfo, TraceHandle } from '../../src/lib/engine';
import type { Pieces, Token } from '../../src/lib/gpt2';
import { GPT2_COMPUTATION } from '../../src/lib/gpt2/model/config.ts';

/** A vocabulary of letters: id 0 is `a`; the last is the special token. */
export const PIECES = [...'abcdefghijklmnopqrstuvwxyz', '<|endoftext|>'];
const EOS = PIECES.length - 1;
export const LETTERS: Pieces = { pieces: PIECES, names: [EOS], specials: [EOS], byteLevel: true };

export const MODEL: ModelInfo = {
  config: {
    n_layer: 2,
    n_head: 2,
    n_embd: 8,
    n_ctx: 8,
    n_inner: 32,
    vocab_size: PIECES.length,
    layer_norm_epsilon: 1e-5,
    bos_token_id: EOS,
    eos_token_id: [EOS],
    ...GPT2_COMPUTATION
  },
  parameters: 1234,
  pieces: LETTERS,
  frame: { front: [], back: [] },
  beginning: EOS,
  generationConfig: null,
  activationParameters: [{}, {}],
  notKept: null
};

interface Pending {
  readonly ids: readonly number[];
  readonly signal: AbortSignal;
  readonly finish: () => void;
}

export class FakeEngine {
  /** Runs that were asked for and not finished or cancelled, oldest first. */
  readonly runs: Pending[] = [];
  readonly released: number[] = [];
  disposed = false;
  #traces = 0;

  onfailure(): void {}

  start() {
    return Promise.resolve({
      name: 'cpu',
      threads: 1,
      missingThreads: null,
      checkError: 0,
      timed: [],
      passedOver: []
    });
  }

  load() {
    return Promise.resolve(MODEL);
  }

  shelf() {
    return Promise.resolve({ models: [], canKeep: false, usedBytes: null, quotaBytes: null });
  }

  tokenize(text: string): Promise<Token[]> {
    return Promise.resolve(
      [...text].map((letter, at) => ({
        id: PIECES.indexOf(letter),
        text: letter,
        bytes: new TextEncoder().encode(letter),
        start: at,
        end: at + 1,
        special: false
      }))
    );
  }

  run(ids: readonly number[], signal: AbortSignal): Promise<TraceHandle> {
    return new Promise((resolve, reject) => {
      const done = () => this.runs.splice(this.runs.indexOf(pending), 1);
      const pending: Pending = {
        ids,
        signal,
        finish: () => {
          done();
          const lastLogits = Float32Array.from(PIECES, (_, id) => (id === ids.at(-1)! + 1 ? 9 : 0));
          resolve({ trace: ++this.#traces, ids, lastLogits, milliseconds: 1 });
        }
      };
      this.runs.push(pending);
      signal.addEventListener('abort', () => {
        done();
        reject(new DOMException('cancelled', 'AbortError'));
      });
    });
  }

  /** Maps that were asked for and not cancelled, by trace and layer. */
  readonly maps: string[] = [];

  headMaps(trace: number, layer: number, signal: AbortSignal): Promise<never> {
    const name = `${trace}/${layer}`;
    this.maps.push(name);
    signal.addEventListener('abort', () => this.maps.splice(this.maps.indexOf(name), 1));
    return this.read();
  }

  read(): Promise<never> {
    return new Promise(() => {}); // no test looks into a trace
  }

  logits(): Promise<never> {
    return this.read();
  }

  flows(): Promise<never> {
    return this.read();
  }

  release(trace: number): void {
    this.released.push(trace);
  }

  dispose(): void {
    this.disposed = true;
  }

  asEngine(): Engine {
    return this as unknown as Engine;
  }
}
