import type { Token, Vocabulary } from '$lib/gpt2';
import type { Theme } from '../color';
import type { DifferenceLink } from './difference';
import type { FlowRow } from './types';

/** What B − A draws, at any width. */
export interface DifferenceDrawn {
  readonly theme: Theme;
  readonly tokens: readonly Token[];
  readonly vocabulary: Vocabulary;
  readonly a: FlowRow;
  readonly b: FlowRow;
  readonly links: readonly DifferenceLink[];
  /** Norms of the stream, B less A, [n_layer + 1, T]. */
  readonly streams: Float32Array | undefined;
  /** What the MLPs add beside the stream, B less A, [n_layer, T]. */
  readonly ticks: Float32Array | undefined;
}
