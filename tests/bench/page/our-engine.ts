import { Engine, type BackendName, type ModelInfo } from '$lib/engine';

/** Everything the comparison needs of one pass, in the order of the computation. */
export interface Outputs {
  /** [T, vocab_size] */
  readonly logits: Float32Array;
  /** n_layer + 1 arrays [T, n_embd]; ln_f applied to the last. */
  readonly hiddenStates: Float32Array[];
  /** n_layer arrays [n_head, T, T] */
  readonly attentions: Float32Array[];
}

/** Tokens that were added to a prompt, best first each time. */
export interface Generation {
  readonly ids: number[];
  /** [vocab_size]: what the last of them was chosen from. */
  readonly logits: Float32Array;
  /** From the first new token to the last. */
  readonly milliseconds: number;
}

const LENS_TOP = 5;

/** Our engine as the explorer uses it: a worker behind its client. Every time is in ms, from call to answer. */
export class OurEngine {
  readonly #engine = new Engine();
  #config!: ModelInfo['config'];

  /** @returns the backend that started, and why those before it did not */
  async start(backend: BackendName): Promise<{ backend: string; threads: number; passedOver: string }> {
    const { name, threads, passedOver } = await this.#engine.start(backend);
    return { backend: name, threads, passedOver: JSON.stringify(passedOver) };
  }

  async load(folder: string): Promise<number> {
    const started = performance.now();
    const url = new URL(folder, location.href).href;
    const source = { name: 'bench', url, files: [], keep: false };
    this.#config = (await this.#engine.load(source, () => {})).config;
    return performance.now() - started;
  }

  /** A forward pass with every activation kept and readable, and the logits of all positions on the page. */
  async forward(ids: number[]): Promise<number> {
    const started = performance.now();
    const { trace } = await this.#engine.run(ids);
    await this.#engine.read({ trace, name: 'logits' });
    const milliseconds = performance.now() - started;
    await this.#forget(trace);
    return milliseconds;
  }

  /** Until the last position's logits are on the page: what the first new token waits for. */
  async firstToken(ids: number[]): Promise<number> {
    const started = performance.now();
    const { trace } = await this.#engine.run(ids);
    const milliseconds = performance.now() - started;
    await this.#forget(trace);
    return milliseconds;
  }

  /** Adds the best token `count` times; every step arrives on the page, as in the decode view. */
  async generate(prompt: number[], count: number): Promise<Generation> {
    let [started, ended] = [0, 0];
    let logits = new Float32Array();
    const options = { max_new_tokens: count, eos_token_id: null, do_sample: false };
    const { sequences } = await this.#engine.generate(prompt, options, (step) => {
      if (step.kind !== 'token') return;
      ended = performance.now();
      if (step.step === 0) started = ended;
      logits = step.logits as Float32Array<ArrayBuffer>;
    });
    return { ids: [...sequences[0].newIds], logits, milliseconds: ended - started };
  }

  /** A run whose handle is kept; `close` gives it back. */
  async open(ids: number[]): Promise<number> {
    return (await this.#engine.run(ids)).trace;
  }

  close(trace: number): void {
    this.#engine.release(trace);
  }

  /** Reads what a view asks of a new run, at once as the page does. */
  async view(trace: number, view: 'attention' | 'norms' | 'flow', layer: number): Promise<void> {
    const ours = this.#engine;
    if (view === 'norms') await ours.norms(trace);
    else if (view === 'flow') await ours.flows(trace, [0]);
    else {
      const names = ['pattern', 'attn_scores', 'q', 'k'] as const;
      const reads = names.map((name) => ours.read({ trace, name, layer }));
      await Promise.all([...reads, ours.headMaps(trace, layer)]);
    }
  }

  async outputs(ids: number[]): Promise<Outputs> {
    const { trace } = await this.#engine.run(ids);
    const read = async (name: 'logits' | 'pattern' | 'resid_pre' | 'ln_final.normalized', layer?: number) =>
      (await this.#engine.read({ trace, name, layer })).data;
    const hiddenStates: Float32Array[] = [];
    const attentions: Float32Array[] = [];
    for (let layer = 0; layer < this.#config.n_layer; layer++) {
      hiddenStates.push(await read('resid_pre', layer));
      attentions.push(await read('pattern', layer));
    }
    hiddenStates.push(await read('ln_final.normalized'));
    const logits = await read('logits');
    await this.#forget(trace);
    return { logits, hiddenStates, attentions };
  }

  /** What reading costs after a run: one head's pattern, all heads of all layers, one row of the logit lens. */
  async reads(ids: number[]): Promise<{ pattern: number; allHeads: number; lensRow: number }> {
    const { trace } = await this.#engine.run(ids);
    const middle = Math.floor(this.#config.n_layer / 2);
    const pattern = await timed(() => this.#engine.read({ trace, name: 'pattern', layer: middle, head: 0 }));
    const allHeads = await timed(() =>
      Promise.all(
        Array.from({ length: this.#config.n_layer }, (_, layer) =>
          this.#engine.read({ trace, name: 'pattern', layer })
        )
      )
    );
    const lensRow = await timed(() =>
      this.#engine.lens({ trace, depth: middle, top: LENS_TOP, track: null })
    );
    await this.#forget(trace);
    return { pattern, allHeads, lensRow };
  }

  /** A causal measure of two prompts that differ in one token: as many runs as cells, with the blocks below shared. */
  async causal(
    name: 'patchGrid' | 'ablationEffects',
    cleanIds: readonly number[],
    corruptIds: readonly number[]
  ): Promise<{ milliseconds: number; passes: number }> {
    const [clean, corrupt] = [
      await this.#engine.runBeside([...cleanIds]),
      await this.#engine.runBeside([...corruptIds])
    ];
    const [token, minus] = [clean, corrupt].map(({ lastLogits }) =>
      lastLogits.indexOf(Math.max(...lastLogits))
    );
    const metric = { token, minus: token === minus ? (token + 1) % lengthOf(clean) : minus };
    let passes = 0;
    const milliseconds = await timed(() =>
      name === 'patchGrid'
        ? this.#engine.measure(
            name,
            [clean.trace, corrupt.trace],
            { what: 'resid_pre', metric },
            ({ total }) => (passes = total)
          )
        : this.#engine.measure(
            name,
            [clean.trace],
            { metric, parts: 'heads' },
            ({ total }) => (passes = total)
          )
    );
    for (const { trace } of [clean, corrupt]) await this.#forget(trace);
    return { milliseconds, passes };
  }

  /** As many runs from their ids on, each with the logits of its last position. ms */
  wholeRuns(lists: readonly (readonly number[])[]): Promise<number> {
    return timed(async () => {
      for (const ids of lists) {
        const { trace } = await this.#engine.runBeside(ids);
        this.#engine.release(trace);
      }
    });
  }

  async #forget(trace: number): Promise<void> {
    this.#engine.release(trace);
    await this.#engine.memory(); // answered after the release
  }
}

const lengthOf = ({ lastLogits }: { lastLogits: Float32Array }): number => lastLogits.length;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
