import {
  attribution,
  compositionBaseline,
  compositionScores,
  copyingScores,
  embeddingMap,
  finished,
  headReport,
  InputError,
  nearestTokens,
  neuronsOnText as countNeurons,
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
  type NeuronReport,
  type NeuronStatistics,
  type TextStep,
  type Token,
  type Trace
} from '$lib/gpt2';
import { streamVectors } from './stream-vectors';
import type { SurveyRequest, SurveyResult, OnProgress, SurveyName } from './survey-types';

/** How often what is known of a text is told while it is counted. */
const PARTIAL_MS = 300;

/** What a survey needs of the worker. */
export interface SurveyHost<Name extends SurveyName = SurveyName> {
  readonly model: Gpt2Transformer & { readonly tokenizer: { encode(text: string): Promise<Token[]> } };
  readonly trace: (handle: number) => Trace;
  readonly signal: AbortSignal;
  readonly onprogress: OnProgress<Name>;
}

/** What a survey without progress needs. */
type QuietHost = Omit<SurveyHost, 'onprogress'>;

/** Every survey of heads and weights; each leaves no tensor behind and stops with the signal's reason. */
export const SURVEYS: {
  readonly [Name in SurveyName]: (
    host: SurveyHost<Name>,
    request: SurveyRequest<Name>
  ) => Promise<SurveyResult<Name>>;
} = {
  headsOnPrompt: async ({ trace, signal }, request) => {
    const held = trace(request.trace);
    return headReport(await promptStatistics(held, signal), [held.ids]);
  },
  headsOnRepeats: async ({ model, signal }, { length, seed }) => {
    const { scores, ids } = await repeatScores(model, { length, seed, signal });
    return { scores, statistics: null, rows: [ids] };
  },
  headsOnText,
  neuronsOnText,
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
  streamVectors: ({ trace, signal }, { trace: handle, position }) => {
    const held = trace(handle);
    return streamVectors(held, position, (layer) => resultNorms(held, layer, position), signal);
  }
};

type TextSurvey = 'headsOnText' | 'neuronsOnText';

/** Throws: InputError if the text has fewer than 2 tokens. */
async function rowsOf(
  { model }: QuietHost,
  { text, rows: most, length }: SurveyRequest<'headsOnText'>
): Promise<number[][]> {
  const ids = (await model.tokenizer.encode(text)).map(({ id }) => id);
  const rows = [...textRows(ids, most, Math.min(length, model.config.n_ctx))];
  if (rows.length > 0) return rows;
  throw new InputError('survey: text must have at least 2 tokens, got fewer. Take a longer text.', {
    code: 'textTokens',
    values: [2]
  });
}

/** Counts to the end, and tells what is known up to there every now and then. */
async function tellingPartly<Name extends TextSurvey, T>(
  { onprogress }: SurveyHost<Name>,
  counting: AsyncGenerator<TextStep<T>, T, void>,
  given: (statistics: T, rowsDone: number) => SurveyResult<Name>,
  total: number
): Promise<SurveyResult<Name>> {
  let lastReport = -Infinity;
  for (;;) {
    const step = await counting.next();
    if (step.done) return given(step.value, total);
    const { done, statistics } = step.value;
    const isDue = performance.now() - lastReport > PARTIAL_MS;
    if (isDue) lastReport = performance.now();
    onprogress({ done, total }, isDue ? given(statistics(), done) : undefined);
  }
}

async function headsOnText(
  host: SurveyHost<'headsOnText'>,
  request: SurveyRequest<'headsOnText'>
): Promise<HeadReport> {
  const { model, signal } = host;
  const rows = await rowsOf(host, request);
  const longest = Math.max(...rows.map((row) => row.length));
  const counting = textStatistics(model, rows, longest, rows.length, { signal });
  const given = (found: HeadStatistics, done: number) => headReport(found, rows.slice(0, done));
  return tellingPartly(host, counting, given, rows.length);
}

async function neuronsOnText(
  host: SurveyHost<'neuronsOnText'>,
  request: SurveyRequest<'neuronsOnText'>
): Promise<NeuronReport> {
  const { model, signal } = host;
  const rows = await rowsOf(host, request);
  const counting = countNeurons(model, rows, request.layer, rows.length, { signal });
  const given = (statistics: NeuronStatistics, done: number) => ({ statistics, rows: rows.slice(0, done) });
  return tellingPartly(host, counting, given, rows.length);
}

async function headEffect(
  { model, trace, signal }: QuietHost,
  { trace: handle, layer, head, token, position }: SurveyRequest<'headEffect'>
): Promise<HeadEffect> {
  const held = trace(handle);
  const { logit, parts } = await finished(attribution(held, { token, position, signal }));
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
