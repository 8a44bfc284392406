/** A long lesson's worth of use, in the page: prompts, edits, switches between models, engines started again. */
import { Engine, type ModelSource } from '$lib/engine';
import { parseEdits } from '$lib/gpt2';
import { seededRandom } from '$lib/gpt2/numbers/random';
import { model } from './engines';

export interface LongUse {
  /** The models, one after another; the embedded one unless told. The first is what is measured. */
  readonly sources?: readonly ModelSource[];
  readonly prompts: number;
  /** Of the longest prompt. */
  readonly tokens: number;
  readonly edits: number;
  readonly switches: number;
  readonly starts: number;
}

/** What is held once the same few prompts were run last. */
export interface Held {
  readonly tensors: number;
  /** In the worker's tensors. */
  readonly bytes: number;
  /** Of the page and its workers together, without wasm memory, where the tensors lie. */
  readonly heaps: number;
}

export type Stage = 'prompts' | 'edits' | 'switches' | 'starts';
/** Before and after each part of the use. */
export type LongUseReport = Record<Stage, readonly [before: Held, after: Held]>;

/** More than the traces that an engine keeps, so that it keeps the same at each measurement. */
const SAME_PROMPTS = 10;
const SAME_TOKENS = 16;
const READ_EVERY = 5;
/** Both are in GPT-2 small and in the embedded model, and have no common divisor. */
const EDITED_LAYERS = 12;
const EDITED_HEADS = 11;
const VOCABULARY = 50_000;
const SEED = 1;

const random = seededRandom(SEED);
const ids = (count: number) => Array.from({ length: count }, () => Math.floor(random() * VOCABULARY));
const same = Array.from({ length: SAME_PROMPTS }, () => ids(SAME_TOKENS));

export async function longUse({
  sources = [model.source],
  prompts,
  tokens,
  edits,
  switches,
  starts
}: LongUse): Promise<LongUseReport> {
  const [first] = sources;
  let engine = await started(first);

  async function use(prompt: number[], reads: boolean): Promise<void> {
    const { trace } = await engine.run(prompt);
    if (reads) {
      await engine.norms(trace);
      await engine.headMaps(trace, 1);
      await engine.generate(prompt, { max_new_tokens: 2 }, () => {});
    }
    engine.release(trace);
  }

  async function edit(layerAndHead: string): Promise<void> {
    const edited = await engine.runEdited(same[0], {
      edits: parseEdits(`zero:z.${layerAndHead}`),
      other: null
    });
    await engine.norms(edited.trace);
    engine.release(edited.trace);
  }

  async function open(source: ModelSource): Promise<void> {
    await engine.load(source, () => {});
    await use(ids(SAME_TOKENS), true);
  }

  async function held(): Promise<Held> {
    for (const prompt of same) await use(prompt, true);
    const { tensors, bytes } = await engine.memory();
    return { tensors, bytes, heaps: await measure() };
  }

  /** Once beforehand, as the first time of everything makes room that is used again. */
  async function measured(count: number, work: (n: number) => Promise<void>): Promise<[Held, Held]> {
    await work(0);
    const before = await held();
    for (let n = 1; n <= count; n++) await work(n);
    return [before, await held()];
  }

  await use(ids(tokens), true);
  const report = {
    prompts: await measured(prompts, (n) =>
      use(ids(1 + Math.floor(random() * tokens)), n % READ_EVERY === 0)
    ),
    edits: await measured(edits, (n) => edit(`${n % EDITED_LAYERS}.${n % EDITED_HEADS}`)),
    switches: await measured(Math.ceil(switches / sources.length), async () => {
      for (const source of [...sources.slice(1), first]) await open(source);
    }),
    starts: await measured(starts, async () => {
      engine.dispose();
      engine = await started(first);
      await use(ids(tokens), true);
    })
  };
  engine.dispose();
  return report;
}

async function started(source: ModelSource): Promise<Engine> {
  const engine = new Engine();
  await engine.start('wasm');
  await engine.load(source, () => {});
  return engine;
}

/** Needs Chromium, a page that is cross-origin isolated, and --enable-blink-features=ForceEagerMeasureMemory. */
async function measure(): Promise<number> {
  const { measureUserAgentSpecificMemory } = performance as unknown as {
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
  };
  return (await measureUserAgentSpecificMemory.call(performance)).bytes;
}
