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

/** Everything that is measured of heads and weights, by name: what is asked, and what is given. */
export interface Surveys {
  headsOnPrompt: { asked: { trace: number }; given: HeadReport };
  headsOnRepeats: { asked: { length: number; seed: number }; given: HeadReport };
  /** A text cut into rows of `length` tokens, `rows` at most. */
  headsOnText: { asked: { text: string; rows: number; length: number }; given: HeadReport };
  /** Where the neurons of a block are most active in such a text. */
  neuronsOnText: {
    asked: { text: string; rows: number; length: number; layer: number };
    given: NeuronReport;
  };
  headEffect: {
    asked: { trace: number; layer: number; head: number; token: number; position: number };
    given: HeadEffect;
  };
  /** OV copying scores, [n_layer][n_head]. */
  copying: { asked: Record<string, never>; given: readonly number[][] };
  composition: { asked: Record<string, never>; given: CompositionReport };
  /** What a head would write if it read a token, and which keys a query of it would seek. */
  headTokens: {
    asked: { layer: number; head: number; token: number; count: number };
    given: { ov: TokenRow; qk: TokenRow };
  };
  neuronTokens: {
    asked: { layer: number; neuron: number; count: number };
    given: { reads: TokenRow; writes: TokenRow };
  };
  /** Rows of wte nearest to a token's, by cosine. */
  nearestTokens: { asked: { token: number; count: number }; given: TokenRow };
  parameterStatistics: { asked: { name: string }; given: Statistics };
  parameterMap: {
    asked: { name: string; window?: MatrixWindow; most: number; cell: CellValue };
    given: MatrixMap;
  };
  embeddingMap: { asked: { name: 'wte' | 'wpe' }; given: EmbeddingMap };
  streamVectors: { asked: { trace: number; position: number }; given: StreamVectors };
}

export type SurveyName = keyof Surveys;
export type Asked<Name extends SurveyName> = Surveys[Name]['asked'];
export type Given<Name extends SurveyName> = Surveys[Name]['given'];
/** `partial`: what is known up to there, of surveys that can say. */
export type OnProgress<Name extends SurveyName = SurveyName> = (
  progress: Progress,
  partial?: Given<Name>
) => void;
