import type {
  CellValue,
  CompositionReport,
  EmbeddingMap,
  HeadEffect,
  HeadReport,
  MatrixMap,
  MatrixWindow,
  NeuronReport,
  Progress,
  Statistics,
  TokenRow
} from '$lib/gpt2';

/** One position's residual stream at every depth. */
export interface StreamVectors {
  /** [n_layer + 1, n_embd] */
  readonly vectors: Float32Array;
  /** L2 norm of what each head adds at this position. [n_layer, n_head] */
  readonly results: Float32Array;
}

/** Everything that is measured of heads and weights, by name: the request and its result. */
export interface Surveys {
  headsOnPrompt: { request: { trace: number }; result: HeadReport };
  headsOnRepeats: { request: { length: number; seed: number }; result: HeadReport };
  /** A text cut into rows of `length` tokens, `rows` at most. */
  headsOnText: { request: { text: string; rows: number; length: number }; result: HeadReport };
  /** Where the neurons of a block are most active in such a text. */
  neuronsOnText: {
    request: { text: string; rows: number; length: number; layer: number };
    result: NeuronReport;
  };
  headEffect: {
    request: { trace: number; layer: number; head: number; token: number; position: number };
    result: HeadEffect;
  };
  /** OV copying scores, [n_layer][n_head]. */
  copying: { request: Record<string, never>; result: readonly number[][] };
  composition: { request: Record<string, never>; result: CompositionReport };
  /** What a head would write if it read a token, and which keys a query of it would seek. */
  headTokens: {
    request: { layer: number; head: number; token: number; count: number };
    result: { ov: TokenRow; qk: TokenRow };
  };
  neuronTokens: {
    request: { layer: number; neuron: number; count: number };
    result: { reads: TokenRow; writes: TokenRow };
  };
  /** Rows of wte nearest to a token's, by cosine. */
  nearestTokens: { request: { token: number; count: number }; result: TokenRow };
  parameterStatistics: { request: { name: string }; result: Statistics };
  parameterMap: {
    request: { name: string; window?: MatrixWindow; most: number; cell: CellValue };
    result: MatrixMap;
  };
  embeddingMap: { request: { name: 'wte' | 'wpe' }; result: EmbeddingMap };
  streamVectors: { request: { trace: number; position: number }; result: StreamVectors };
}

export type SurveyName = keyof Surveys;
export type SurveyRequest<Name extends SurveyName> = Surveys[Name]['request'];
export type SurveyResult<Name extends SurveyName> = Surveys[Name]['result'];
/** `partial`: what is known up to there, of surveys that can say. */
export type OnProgress<Name extends SurveyName = SurveyName> = (
  progress: Progress,
  partial?: SurveyResult<Name>
) => void;
