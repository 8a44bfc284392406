import {
  attribution,
  compositionBaseline,
  compositionScores,
  copyingScores,
  embeddingMap,
  InputError,
  nearestTokens,
  neuronTokens,
  ovTokens,
  parameterMap,
  parameterStatistics,
  promptStatistics,
  qkTokens,
  repeatScores,
  resultNorms,
  runTrace,
  textRows,
  textStatistics,
  type Composition,
  type Gpt2Transformer,
  type HeadEffect,
  type HeadReport,
  type HeadStatistics,
  type Progress,
  type Token,
  type Trace
} from '$lib/gpt2';
import type { Asked, Given, OnProgress, StreamVectors, SurveyName } from './survey-types';

/** What a survey needs of the worker. */
export interface SurveyHost {
  readonly model: Gpt2Transformer & { readonly tokenizer: { encode(text: string): Promise<Token[]> } };
  readonly trace: (handle: number) => Trace;
  readonly signal: AbortSignal;
  readonly onprogress: OnProgress;
}

/** Every survey of heads and weights; each leaves no tensor behind and stops with the signal's reason. */
export const SURVEYS: {
  readonly [Name in SurveyName]: (host: SurveyHost, asked: Asked<Name>) => Promise<Given<Name>>;
} = {
  headsOnPrompt: async ({ trace, signal }, asked) => {
    const held = trace(asked.trace);
    return report(await promptStatistics(held, signal), [held.ids]);
  },
  headsOnRepeats: async ({ model, signal }, { length, seed }) => {
    const { scores, ids } = await repeatScores(model, { length, seed, signal });
    return { scores, statistics: null, rows: [ids] };
  },
  headsOnText,
  headEffect,
  copying: ({ model, signal }) => copyingScores(model, signal),
  composition: async ({ model, signal, onprogress }) => {
    const pairs: Composition[] = [];
    for await (const { pairs: some, done, total } of compositionScores(model, signal)) {
      pairs.push(...some);
      onprogress({ done, total });
    }
    return { pairs, baseline: compositionBaseline(model) };
  },
  headTokens: async ({ model }, { layer, head, token, count }) => ({
    ov: await ovTokens(model, layer, head, token, count),
    qk: await qkTokens(model, layer, head, token, count)
  }),
  neuronTokens: ({ model }, { layer, neuron, count }) => neuronTokens(model, layer, neuron, count),
  nearestTokens: ({ model }, { token, count }) => nearestTokens(model, token, count),
  parameterStatistics: ({ model }, { name }) => parameterStatistics(model.weights, name),
  parameterMap: ({ model }, { name, ...options }) => parameterMap(model.weights, name, options),
  embeddingMap: ({ model }, { name }) => embeddingMap(model, name),
  streamVectors
};

function report({ scores, ...statistics }: HeadStatistics, rows: HeadReport['rows']): HeadReport {
  return { scores, statistics, rows: rows.map((row) => [...row]) };
}

/** Throws: InputError if the text has fewer than 2 tokens. */
async function headsOnText(
  { model, signal, onprogress }: SurveyHost,
  { text, rows: most, length }: Asked<'headsOnText'>
): Promise<HeadReport> {
  const ids = (await model.tokenizer.encode(text)).map(({ id }) => id);
  const rows = [...textRows(ids, most, Math.min(length, model.config.n_ctx))];
  if (rows.length === 0) {
    throw new InputError('heads: text must have at least 2 tokens, got fewer. Take a longer text.');
  }
  const longest = Math.max(...rows.map((row) => row.length));
  const counting = textStatistics(model, rows, longest, rows.length, { signal });
  for (;;) {
    const { done, value } = await counting.next();
    if (done) return report(value, rows);
    onprogress(value satisfies Progress);
  }
}

async function headEffect(
  { model, trace, signal }: SurveyHost,
  { trace: handle, layer, head, token, position }: Asked<'headEffect'>
): Promise<HeadEffect> {
  const held = trace(handle);
  const { logit, parts } = await attribution(held, { token, position });
  signal.throwIfAborted();
  const edits = [{ kind: 'zero', name: 'z', layer, head }] as const;
  const without = await runTrace(model, held.ids, { edits, base: held, signal, byteBudget: 0 });
  try {
    const after = (await without.logits(position))[token];
    const contribution = parts.find(({ part }) => part === `${layer}.${head}`)?.value ?? 0;
    return { token, logit, contribution, effect: after - logit };
  } finally {
    without.dispose();
  }
}

async function streamVectors(
  { trace, signal }: SurveyHost,
  { trace: handle, position }: Asked<'streamVectors'>
): Promise<StreamVectors> {
  const held = trace(handle);
  const { n_layer, n_head, n_embd } = held.model.config;
  const vectors = new Float32Array((n_layer + 1) * n_embd);
  const results = new Float32Array(n_layer * n_head);
  vectors.set(await held.row('resid_pre', 0, position));
  for (let layer = 0; layer < n_layer; layer++) {
    signal.throwIfAborted();
    vectors.set(await held.row('resid_post', layer, position), (layer + 1) * n_embd);
    results.set(await resultNorms(held, layer, position), layer * n_head);
  }
  return { vectors, results };
}
