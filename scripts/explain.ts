/**
 * Says why a model predicts what it does, and what its heads do: `npm run -s explain -- --help`.
 * Exit code 0; 2 with one line on stderr where the arguments, the prompts or the model folder are wrong.
 */
import { readFileSync } from 'node:fs';
import {
  attribution,
  compositionBaseline,
  compositionScores,
  copyingScores,
  finished,
  metricOf,
  patchGrid,
  promptStatistics,
  repeatScores,
  runTrace,
  saliency,
  summariseLogits,
  textRows,
  textStatistics,
  type Gpt2Model,
  type HeadScores,
  type Metric,
  type Trace
} from '../src/lib/gpt2/index.ts';
import { folderFiles, loadFolder } from './command/model-folder.ts';
import { startBackend } from './command/node-backend.ts';
import { runCommand } from './command/run-command.ts';
import { UsageError, reasonOf } from './command/usage-error.ts';
import { parseOptions, USAGE, type ExplainOptions } from './explain/options.ts';
import { idsOf, tokenOf } from './explain/tokens.ts';
import { summarise } from './explain/report.ts';

/** Best tokens that `ablate` lists. */
const TOP = 10;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const files = folderFiles('explain', options.model);
  await startBackend(options.backend);
  const model = await loadFolder('explain', options.model, files);
  try {
    const report = await COMMANDS[options.command](model, options);
    console.log(options.json ? JSON.stringify(report) : summarise(report));
  } finally {
    model.dispose();
  }
}

type Command = (model: Gpt2Model, options: ExplainOptions) => Promise<object>;

const COMMANDS: Readonly<Record<ExplainOptions['command'], Command>> = {
  attribution: async (model, options) =>
    withTrace(model, options.prompt!, (trace) =>
      finished(attribution(trace, metricFor(model, options, trace)))
    ),

  ablate: async (model, options) =>
    withTrace(model, options.prompt!, async (before) => {
      const metric = metricFor(model, options, before);
      const { edits, other, references } = options;
      const texts = [...references, ...(other === null ? [] : [other])];
      return withTraces(model, texts, async (traces) => {
        const after = await runTrace(model, before.ids, {
          edits,
          base: before,
          references: traces.slice(0, references.length),
          other: traces.at(references.length)
        });
        const edited = await after.logits(metric.position!).finally(() => after.dispose());
        const unedited = await before.logits(metric.position!);
        return { before: outcome(model, metric, unedited), after: outcome(model, metric, edited) };
      });
    }),

  patch: async (model, options) =>
    withTrace(model, options.clean!, (clean) =>
      withTrace(model, options.corrupt!, async (corrupt) => {
        const { what, layer } = options;
        const metric = metricFor(model, options, clean);
        return finished(patchGrid([{ clean, corrupt }], { what: what!, metric, layer: layer ?? undefined }));
      })
    ),

  saliency: async (model, options) =>
    withTrace(model, options.prompt!, async (trace) => {
      const { method, steps } = options;
      const found = await finished(
        saliency(trace, { metric: metricFor(model, options, trace), method, steps: steps ?? undefined })
      );
      const tokens = trace.ids.map((id) => ({ id, text: model.tokenizer.token(id).text }));
      return { ...found, values: [...found.values], tokens };
    }),

  heads: async (model, options) => {
    if (options.on === 'repeats') {
      const { length, seed } = options;
      return repeatScores(model, { length: length ?? undefined, seed: seed ?? undefined });
    }
    if (options.on === 'prompt')
      return withTrace(model, options.prompt!, async (trace) =>
        shown(await promptStatistics(trace), trace.ids)
      );
    const ids = idsOf(model, readText(options.file!));
    const length = Math.min(options.length ?? 128, model.config.n_ctx);
    const rows = [...textRows(ids, options.rows ?? 64, length)];
    if (rows.length === 0)
      throw new UsageError('explain: --file must hold at least 2 tokens, got fewer. Pass a longer text.');
    return shown(await finished(textStatistics(model, rows, length, rows.length)), rows.flat());
  },

  circuits: async (model) => {
    const copying = await copyingScores(model);
    const pairs = [];
    for await (const row of compositionScores(model)) pairs.push(...row.pairs);
    const named = pairs.map(({ from, to, q, k, v }) => ({
      from: `${from.layer}.${from.head}`,
      to: `${to.layer}.${to.head}`,
      ...{ q, k, v }
    }));
    return { copying, composition: { baseline: compositionBaseline(model), pairs: named } };
  }
};

function shown(
  { scores, entropy, distances, queries, repeated }: Awaited<ReturnType<typeof promptStatistics>>,
  ids: readonly number[]
): { scores: HeadScores; ids: readonly number[] } & Record<string, unknown> {
  const histograms = distances.map((heads) => heads.map((values) => [...values]));
  return { scores, ids, entropy, distances: histograms, queries, repeated };
}

async function withTrace<T>(model: Gpt2Model, prompt: string, use: (trace: Trace) => Promise<T>): Promise<T> {
  const trace = await runTrace(model, idsOf(model, prompt));
  try {
    return await use(trace);
  } finally {
    trace.dispose();
  }
}

/** The runs of several prompts, for as long as they are used. */
async function withTraces<T>(
  model: Gpt2Model,
  prompts: readonly string[],
  use: (traces: readonly Trace[]) => Promise<T>,
  runs: readonly Trace[] = []
): Promise<T> {
  if (runs.length === prompts.length) return use(runs);
  return withTrace(model, prompts[runs.length], (trace) => withTraces(model, prompts, use, [...runs, trace]));
}

function metricFor(model: Gpt2Model, { token, minus, position }: ExplainOptions, trace: Trace): Metric {
  const last = trace.ids.length - 1;
  return {
    token: tokenOf(model, '--token', token!),
    ...(minus !== null && { minus: tokenOf(model, '--minus', minus) }),
    position: position ?? last
  };
}

function outcome(model: Gpt2Model, metric: Metric, logits: Float32Array) {
  const { topIds, topProbabilities, topLogits } = summariseLogits(logits, 1, logits.length, {
    top: Math.min(TOP, logits.length)
  });
  const top = Array.from(topIds, (id, place) => ({
    id,
    text: model.tokenizer.token(id).text,
    probability: topProbabilities[place],
    logit: topLogits[place]
  }));
  return { metric: metricOf(metric, logits), top };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `explain: --file must be a text file, got "${file}" (${reasonOf(error)}). Choose another.`
    );
  }
}

await runCommand(main);
