import {
  createVocabulary,
  finished,
  followRecorded,
  headReport,
  needsWeights,
  parameterCount,
  placeTokens,
  promptStatistics,
  RecordedTrace,
  traceLoss,
  type Recording,
  type RecordingAbout,
  type RunReads,
  type Token,
  type ValueNorms
} from '$lib/gpt2';
import type { EngineClient } from '../client';
import type { MeasureName, MeasureOptions, MeasureResult } from '../measures';
import type {
  BackendReport,
  EngineMemory,
  GenerateResult,
  HeadMaps,
  LayerNormName,
  LayerNormParameters,
  LensRequest,
  LensRow,
  ModelInfo,
  PositionFlow,
  ReadRequest,
  ReadResult,
  ShelfReport,
  StreamNorms,
  TextLoss,
  TraceHandle
} from '../protocol';
import { isNeedsWeights } from '../needs-weights';
import { streamNorms } from '../stream-norms';
import { streamVectors } from '../stream-vectors';
import type { SurveyRequest, SurveyResult, SurveyName } from '../survey-types';

const TRACE = 1; // the one handle: there is one run

/**
 * Answers what the page asks an engine from a recorded run, on the page's own thread and without a backend. What is not in
 * the file is refused with a NeedsWeightsError, of which `onneed` hears.
 */
export class RecordedEngine implements EngineClient {
  /** What was run, by what and when. */
  readonly about: RecordingAbout;
  /** As a live engine would describe the model. */
  readonly model: ModelInfo;
  /** The recorded tokens, each at its place in their text. */
  readonly tokens: readonly Token[];
  readonly text: string;
  readonly #trace: RunReads;
  readonly #onneed: () => void;

  /** @param trace what the numbers are read from; left out: the recording's own arrays */
  constructor(recording: Recording, onneed: () => void, trace: RunReads = new RecordedTrace(recording)) {
    const { about, config, pieces } = recording;
    this.about = about;
    const learned = about.model.activation_parameters;
    this.model = {
      config,
      parameters: parameterCount(config),
      pieces,
      activationParameters: learned?.length ? learned : Array.from({ length: config.n_layer }, () => ({})),
      frame: { front: [], back: [] },
      beginning: null,
      generationConfig: null,
      notKept: null
    };
    this.#trace = trace;
    this.#onneed = onneed;
    const { token } = createVocabulary(pieces, config.vocab_size);
    const placed = placeTokens(this.#trace.ids.map((id) => token(id)));
    this.tokens = placed.tokens;
    this.text = placed.text;
  }

  onfailure(): void {}

  /** No backend computes here. */
  start(): Promise<BackendReport | null> {
    return Promise.resolve(null);
  }

  load(): Promise<ModelInfo> {
    return Promise.resolve(this.model);
  }

  download(): Promise<never> {
    return this.#refuse('a place for weights');
  }

  shelf(): Promise<ShelfReport> {
    return Promise.resolve({ models: [], canKeep: false, usedBytes: null, quotaBytes: null });
  }

  removeKept(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** The recorded prompt alone. */
  async tokenize(text: string): Promise<Token[]> {
    return text === this.text ? [...this.tokens] : this.#refuse('another prompt');
  }

  async run(ids: readonly number[]): Promise<TraceHandle> {
    if (String(ids) !== String(this.#trace.ids)) return this.#refuse('another prompt');
    const lastLogits = await this.#lastLogits();
    return { trace: TRACE, ids: [...ids], lastLogits, milliseconds: 0 };
  }

  runEdited(): Promise<TraceHandle> {
    return this.#refuse('an edited run');
  }

  runBeside(): Promise<TraceHandle> {
    return this.#refuse('another prompt');
  }

  /** A row followed back; what needs another run is refused. */
  async measure<K extends MeasureName>(
    name: K,
    _traces: readonly number[],
    options: MeasureOptions<K>,
    _onstep?: unknown,
    signal?: AbortSignal
  ): Promise<MeasureResult<K>> {
    if (name !== 'followBack') return this.#refuse('causal measures');
    const request = options as MeasureOptions<'followBack'>;
    const found = await this.#answer(() => finished(followRecorded(this.#trace, { ...request, signal })));
    return found as MeasureResult<K>;
  }

  read({ name, layer, head }: ReadRequest): Promise<ReadResult> {
    return this.#answer(() => this.#trace.read(name, layer, { head }));
  }

  logits(_trace: number, position: number): Promise<Float32Array> {
    return this.#answer(() => this.#trace.logits(position));
  }

  lens({ trace: _, depth, ...options }: LensRequest): Promise<LensRow> {
    return this.#answer(() => this.#trace.lens(depth, options));
  }

  headMaps(_trace: number, layer: number): Promise<HeadMaps> {
    return this.#answer(() => this.#trace.headMaps(layer));
  }

  valueNorms(_trace: number, layer: number, head: number): Promise<ValueNorms> {
    return this.#answer(() => this.#trace.valueNorms(layer, head));
  }

  norms(_trace: number, signal = new AbortController().signal): Promise<StreamNorms> {
    return this.#answer(() => streamNorms(this.#trace, this.model.config, signal));
  }

  flows(_trace: number, positions: readonly number[]): Promise<PositionFlow[]> {
    const flow = async (position: number) => {
      const { ids, probabilities } = await this.#trace.lensColumn(position);
      const found = await this.#trace.contributions(position);
      return { ...found, token: ids[ids.length - 1], lensIds: ids, lensProbabilities: probabilities };
    };
    return this.#answer(() => Promise.all(positions.map(flow)));
  }

  loss(_trace: number, top: number, signal?: AbortSignal): Promise<TextLoss> {
    return this.#answer(() => traceLoss(this.#trace, { top, signal }));
  }

  generate(): Promise<GenerateResult> {
    return this.#refuse('more tokens');
  }

  /** The surveys of the run itself; those of weights and of other texts are refused. */
  async survey<Name extends SurveyName>(
    name: Name,
    request: SurveyRequest<Name>,
    _onprogress?: unknown,
    signal?: AbortSignal
  ): Promise<SurveyResult<Name>> {
    const trace = this.#trace;
    if (name === 'headsOnPrompt') {
      const statistics = await this.#answer(() => promptStatistics(trace, signal));
      return headReport(statistics, [trace.ids]) as SurveyResult<Name>;
    }
    if (name !== 'streamVectors') return this.#refuse(`the survey ${name}`);
    const { position } = request as SurveyRequest<'streamVectors'>;
    const resultNorms = async (layer: number) => trace.resultNorms(layer, position);
    const found = await this.#answer(() => streamVectors(trace, position, resultNorms, signal));
    return found as SurveyResult<Name>;
  }

  layerNorm(name: LayerNormName, layer: number): Promise<LayerNormParameters> {
    return this.#answer(async () => this.#trace.layerNorm(name, layer));
  }

  release(): void {}

  memory(): Promise<EngineMemory> {
    return Promise.resolve({ tensors: 0, bytes: 0, traces: 1, traceBytes: 0, traceBudget: 0 });
  }

  dispose(): void {}

  /** Empty where they are not recorded: other pictures are drawn all the same. */
  async #lastLogits(): Promise<Float32Array> {
    try {
      return await this.#trace.logits(this.#trace.ids.length - 1);
    } catch (error) {
      if (isNeedsWeights(error)) return new Float32Array(0);
      throw error;
    }
  }

  async #answer<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (isNeedsWeights(error)) this.#onneed();
      throw error;
    }
  }

  #refuse(what: string): Promise<never> {
    return this.#answer(() => Promise.reject(needsWeights(what)));
  }
}
