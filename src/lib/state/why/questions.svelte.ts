import type { MeasureOptions } from '$lib/engine';
import { metricOf, topTokens, type LogitPair, type Metric } from '$lib/gpt2';
import type { Run } from '../run';
import type { PromptChoice } from '../prompt-choice.svelte';
import type { PromptRun } from '../prompt-run.svelte';
import type { Selection, Shown } from '../selection.svelte';
import { Measurement, type MeasurementNeeds } from './measurement.svelte';
import { FACT_SUBJECTS, PAIR_SETS, setOf, type PairSet } from './prompt-pairs';
import { runPairs } from './reference-runs';
import type { SecondRun } from './second-run.svelte';

/** What the questions need of the page. */
export interface QuestionNeeds extends MeasurementNeeds {
  readonly selection: Pick<Selection, 'view' | 'show' | 'layer' | 'head' | 'position'>;
  readonly prompt: Pick<PromptRun, 'run'>;
  /** Runs another prompt as A at once. */
  readonly prompts: Pick<PromptChoice, 'open'>;
}

/** The other prompt. */
export interface OtherPrompt {
  readonly second: SecondRun;
  setOther(prompt: string): void;
}

/** Tokens of each run that a pair can be chosen from. */
const LISTED = 12;
const LISTED_OF_OTHER = 4;

/** So many best tokens, or all of a smaller vocabulary. */
const bestOf = (logits: Float32Array, count: number) => topTokens(logits, Math.min(count, logits.length));

/** Each pair of runs the other way round: what is taken from, and what it is put into. */
const swappedPairs = (traces: readonly number[]): number[] => traces.map((_, i) => traces[i ^ 1]);

/** Measures of a clean and a corrupt run, or of several such pairs. */
type PairMeasure = 'patchGrid' | 'attributionPatching' | 'pathPatch';

/**
 * What causal measures ask: which tokens, where, between which runs. A measure is of one question; where a setting
 * changes, what has been measured is of another one and no longer shown.
 */
export class Questions {
  readonly ablations: Measurement<'ablationEffects'>;
  readonly grid: Measurement<'patchGrid'>;
  readonly estimate: Measurement<'attributionPatching'>;
  readonly paths: Measurement<'pathPatch'>;
  readonly trace: Measurement<'causalTrace'>;
  readonly saliency: Measurement<'saliency'>;
  readonly #needs: QuestionNeeds;
  readonly #two: OtherPrompt;

  constructor(needs: QuestionNeeds, two: OtherPrompt) {
    this.#needs = needs;
    this.#two = two;
    this.ablations = new Measurement('ablationEffects', needs);
    this.grid = new Measurement('patchGrid', needs);
    this.estimate = new Measurement('attributionPatching', needs);
    this.paths = new Measurement('pathPatch', needs);
    this.trace = new Measurement('causalTrace', needs);
    this.saliency = new Measurement('saliency', needs);
  }

  /** True where two prompts are compared: the question is then about their last position. */
  readonly isOfTwo = $derived.by(() => this.#needs.selection.view.why === 'matters');
  readonly position = $derived.by(() => {
    const { run } = this.#needs.prompt;
    const { position } = this.#needs.selection;
    return this.isOfTwo && run ? run.T - 1 : Math.min(position, (run?.T ?? 1) - 1);
  });
  /** Logits of A at that position, and of the other prompt at its last one. */
  readonly logits = $derived.by(() => this.#needs.prompt.run?.logits(this.position));
  readonly otherLogits = $derived.by(() => this.#other()?.handle.lastLogits);
  /** Best tokens of both. */
  readonly best = $derived.by(() => {
    const own = this.logits ? bestOf(this.logits, LISTED) : [];
    const others = this.isOfTwo && this.otherLogits ? bestOf(this.otherLogits, LISTED_OF_OTHER) : [];
    return [...own, ...others.filter((id) => !own.includes(id))];
  });
  /** As chosen; else the best token of A, less the best of the other prompt, or the second best of A. */
  readonly pair = $derived.by<LogitPair | null>(() => {
    if (!this.logits) return null;
    const { for_token, less_token } = this.#needs.selection.view;
    const token = for_token ?? this.best[0];
    const others = this.isOfTwo && this.otherLogits ? bestOf(this.otherLogits, 2) : [];
    const usual = [...others, ...this.best].find((id) => id !== token) ?? token;
    return { token, minus: less_token ?? usual };
  });
  readonly metric = $derived.by<Metric | null>(() => {
    if (!this.pair) return null;
    const { token, minus } = this.pair;
    return { token, ...(minus !== token && { minus }), position: this.position };
  });
  /** The metric in this prompt and in the other. nats */
  readonly metrics = $derived.by(() => {
    const { metric, logits, otherLogits } = this;
    if (!metric || !logits || !otherLogits) return undefined;
    return { here: metricOf(metric, logits), there: metricOf(metric, otherLogits) };
  });
  /** Positions whose embeddings get noise: as chosen, else where the two prompts differ, else the second token. */
  readonly subject = $derived.by(() => {
    const { run } = this.#needs.prompt;
    const { view } = this.#needs.selection;
    const ids = run?.handle.ids ?? [];
    const chosen = view.subject?.filter((at) => at < ids.length) ?? [];
    if (chosen.length > 0) return chosen;
    const others = this.#other()?.handle.ids;
    const apart = [...ids.keys()].filter((at) => others?.length === ids.length && ids[at] !== others[at]);
    return apart.length > 0 ? apart : [Math.min(1, Math.max(0, ids.length - 1))];
  });

  readonly ablationQuestion = $derived.by(() => this.#question([]));
  /** The set of pairs that the two prompts begin; null: they stand alone. */
  readonly pairSet = $derived.by(() => setOf(this.#needs.selection.view));
  /** Pairs in that set; 0: there is none. */
  readonly setSize = $derived.by(() => (this.pairSet ? PAIR_SETS[this.pairSet].length : 0));
  /** How many pairs a grid, its estimate and paths are the mean over. */
  readonly averaged = $derived.by(() => (this.#needs.selection.view.average ? Math.max(1, this.setSize) : 1));
  readonly gridQuestion = $derived.by(() => {
    const { what, direction, in_layer } = this.#needs.selection.view;
    return this.#question([this.#other()?.handle.trace, what, direction, in_layer, this.averaged]);
  });
  readonly pathQuestion = $derived.by(() => {
    const { view, layer, head } = this.#needs.selection;
    const { path, path_input, direction } = view;
    const other = this.#other()?.handle.trace;
    return this.#question([other, layer, head, path, path_input, direction, this.averaged]);
  });
  readonly traceQuestion = $derived.by(() =>
    this.#question([String(this.subject), ...Object.values(this.#restoring())])
  );

  /** The tokens that colour the chips ask about, at the selected position. */
  readonly chipMetric = $derived.by<Metric | null>(() => {
    const { run } = this.#needs.prompt;
    const { position: selected, view } = this.#needs.selection;
    const position = Math.min(selected, (run?.T ?? 1) - 1);
    const logits = run?.logits(position);
    if (!logits) return null;
    const [best, second = best] = bestOf(logits, 2);
    const token = view.for_token ?? best;
    const usual = token === best ? second : best;
    const minus = view.less_token ?? usual;
    return { token, ...(view.chips_of === 'pair' && minus !== token && { minus }), position };
  });
  readonly chipQuestion = $derived.by(() => {
    const { run } = this.#needs.prompt;
    const { view } = this.#needs.selection;
    const metric = this.chipMetric;
    if (!run || !metric || view.chips === 'none') return null;
    return [run.handle.trace, metric.token, metric.minus ?? '', metric.position, view.chips].join('|');
  });

  /** Both prompts of a pair that shows one thing. */
  openPair(name: PairSet): void {
    const [{ prompt, other }] = PAIR_SETS[name];
    this.#needs.selection.show({ for_token: null, less_token: null });
    this.#two.setOther(other);
    if (prompt !== this.#needs.selection.view.prompt) this.#needs.prompts.open(prompt);
  }

  /** What the patching grids are set to. */
  set(change: Shown): void {
    for (const each of [this.grid, this.estimate, this.paths, this.trace]) each.stop();
    this.#needs.selection.show(change);
  }

  measureHeads(): void {
    const { run } = this.#needs.prompt;
    if (!run || !this.metric || this.ablationQuestion === null) return;
    void this.ablations.start(this.ablationQuestion, [run.handle.trace], {
      metric: this.metric,
      parts: 'heads'
    });
  }

  /** Measures what colours the chips, unless that is under way or there. */
  colourChips(): void {
    const { run } = this.#needs.prompt;
    const { view } = this.#needs.selection;
    const { chipQuestion: question, chipMetric: metric } = this;
    if (question === null) return this.saliency.reset();
    if (!run || !metric || view.chips === 'none' || this.saliency.question === question) return;
    void this.saliency.start(question, [run.handle.trace], { metric, method: view.chips });
  }

  fillGrid(): void {
    const { what, in_layer } = this.#needs.selection.view;
    const isOfHeads = ['z', 'q', 'k', 'v'].includes(what);
    const layer = isOfHeads && in_layer !== null ? { layer: in_layer } : {};
    void this.#ofPairs(this.grid, this.gridQuestion, { what, ...layer });
  }

  estimateGrid(): void {
    void this.#ofPairs(this.estimate, this.gridQuestion, { what: this.#needs.selection.view.what });
  }

  patchPaths(): void {
    const { layer, head, view } = this.#needs.selection;
    const receiver = { layer, head, input: view.path_input };
    void this.#ofPairs(this.paths, this.pathQuestion, { receiver, method: view.path });
  }

  /**
   * Measures the two prompts, or the mean over all pairs of their set: whose runs are made first, and given back at the
   * end.
   */
  async #ofPairs<K extends PairMeasure>(
    measurement: Measurement<K>,
    question: string | null,
    options: Omit<MeasureOptions<K>, 'metric'>
  ): Promise<void> {
    const { engine } = this.#needs.session;
    const { view } = this.#needs.selection;
    const { traces, metric } = this.#pair();
    const { averaged, pairSet } = this;
    if (!engine || !traces || !metric || question === null) return;
    const asked = { ...options, metric } as MeasureOptions<K>;
    if (averaged === 1 || !pairSet) return measurement.start(question, traces, asked);
    await measurement.startWith(question, async (signal) => {
      const held = await runPairs(engine, PAIR_SETS[pairSet], this.#two.second.front, signal);
      return {
        traces: view.direction === 'into_this' ? swappedPairs(held.traces) : held.traces,
        options: { ...asked, metrics: held.metrics },
        release: () => held.traces.forEach((trace) => engine.release(trace))
      };
    });
  }

  traceCauses(): void {
    const { engine } = this.#needs.session;
    const { run } = this.#needs.prompt;
    if (!engine || !run || !this.pair || this.traceQuestion === null) return;
    const { subject, position } = this;
    const options = { token: this.pair.token, subject, position, ...this.#restoring() };
    void this.trace.startWith(this.traceQuestion, async () => {
      const noiseOver = (await engine.tokenize(FACT_SUBJECTS)).map(({ id }) => id);
      return { traces: [run.handle.trace], options: { ...options, noiseOver }, release: () => {} };
    });
  }

  /** What causal tracing puts back, and the noises that a cell is the mean over; a window is of what blocks add. */
  #restoring() {
    const { restored: what, window, noises: samples, noise_seed: seed } = this.#needs.selection.view;
    return { what, window: what === 'resid_post' ? 1 : window, samples, seed };
  }

  /** Runs to take from and to put into, as a clean and a corrupt one: 0 is the second's metric, 1 the first's. */
  #pair(): { traces: readonly [number, number] | null; metric: Metric | null } {
    const { run } = this.#needs.prompt;
    const { view } = this.#needs.selection;
    const other = this.#other();
    if (!run || !other) return { traces: null, metric: null };
    const [here, there] = [run.handle.trace, other.handle.trace];
    return { traces: view.direction === 'into_this' ? [there, here] : [here, there], metric: this.metric };
  }

  #other(): Run | null {
    return this.#two.second.other;
  }

  #question(parts: readonly unknown[]): string | null {
    const { run } = this.#needs.prompt;
    if (!run || !this.metric) return null;
    const { token, minus, position } = this.metric;
    return [run.handle.trace, token, minus ?? '', position, ...parts].join('|');
  }
}
