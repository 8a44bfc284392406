/** Every causal measure that the page can ask for: what it takes, and what it gives. Fetched when the first is asked for. */
import {
  ablationEffects,
  attribution,
  attributionPatching,
  causalTrace,
  contributionGraph,
  followBack,
  headSources,
  neuronParts,
  patchGrid,
  pathPatch,
  saliency,
  type AblationOptions,
  type AttributionPatchingOptions,
  type AttributionTarget,
  type CausalTraceOptions,
  type ContributionGraphOptions,
  type Metric,
  type PatchGridOptions,
  type PathOptions,
  type PromptPair,
  type SaliencyOptions,
  type Trace
} from '$lib/gpt2';

/** Options as they cross to the worker: the signal is the call's own. */
type Sent<T> = Omit<T, 'signal'>;
/** What each pair of runs asks where they ask different things. */
type OfPairs<T> = Sent<T> & { readonly metrics?: readonly Metric[] };
type OfLayer = { readonly layer: number; readonly target: AttributionTarget };

function pairsOf(traces: readonly Trace[], metrics: readonly Metric[]): PromptPair[] {
  return Array.from({ length: traces.length / 2 }, (_, i) => ({
    clean: traces[2 * i],
    corrupt: traces[2 * i + 1],
    metric: metrics[i]
  }));
}

/** The traces of a call, in the order that each measure names, and its options. */
export const MEASURES = {
  /** Of one run. */
  attribution: ([trace]: readonly Trace[], target: AttributionTarget, signal: AbortSignal) =>
    attribution(trace, { ...target, signal }),
  headSources: (
    [trace]: readonly Trace[],
    { layer, head, target }: OfLayer & { readonly head: number },
    _: AbortSignal
  ) => headSources(trace, layer, head, target),
  neuronParts: ([trace]: readonly Trace[], { layer, target }: OfLayer, _: AbortSignal) =>
    neuronParts(trace, layer, target),
  ablationEffects: ([trace]: readonly Trace[], options: Sent<AblationOptions>, signal: AbortSignal) =>
    ablationEffects(trace, { ...options, signal }),
  saliency: ([trace]: readonly Trace[], options: Sent<SaliencyOptions>, signal: AbortSignal) =>
    saliency(trace, { ...options, signal }),
  causalTrace: ([trace]: readonly Trace[], options: Sent<CausalTraceOptions>, signal: AbortSignal) =>
    causalTrace(trace, { ...options, signal }),
  contributionGraph: (
    [trace]: readonly Trace[],
    options: Sent<ContributionGraphOptions>,
    signal: AbortSignal
  ) => contributionGraph(trace, { ...options, signal }),
  followBack: ([trace]: readonly Trace[], options: Sent<ContributionGraphOptions>, signal: AbortSignal) =>
    followBack(trace, { ...options, signal }),
  /** Of a clean and a corrupt run, or of several such pairs one after another, each with its own metric. */
  patchGrid: (
    traces: readonly Trace[],
    { metrics = [], ...options }: OfPairs<PatchGridOptions>,
    signal: AbortSignal
  ) => patchGrid(pairsOf(traces, metrics), { ...options, signal }),
  pathPatch: (
    traces: readonly Trace[],
    { metrics = [], ...options }: OfPairs<PathOptions>,
    signal: AbortSignal
  ) => pathPatch(pairsOf(traces, metrics), { ...options, signal }),
  attributionPatching: (
    traces: readonly Trace[],
    { metrics = [], ...options }: OfPairs<AttributionPatchingOptions>,
    signal: AbortSignal
  ) => attributionPatching(pairsOf(traces, metrics), { ...options, signal })
};

export type MeasureName = keyof typeof MEASURES;
export type MeasureOptions<K extends MeasureName> = Parameters<(typeof MEASURES)[K]>[1];
type Measured<K extends MeasureName> = ReturnType<(typeof MEASURES)[K]>;
/** What arrives while it is measured; never for what is there at once. */
export type MeasureStep<K extends MeasureName> =
  Measured<K> extends AsyncGenerator<infer S, unknown, void> ? S : never;
export type MeasureResult<K extends MeasureName> =
  Measured<K> extends AsyncGenerator<unknown, infer R, void> ? R : Awaited<Measured<K>>;
