import type { HeadMaps, Token } from '$lib/gpt2';
import type { Theme } from '../color';
import type { ZoomPlace } from '../common';
import type { HeadPlace } from '../common/head-grid';
import type { Form, HeadsShown, Stage } from './scores';
import type { ReadHead, ReadingSettings } from './shown-pattern';

/** What the Attention view shows, and what it hears. */
export interface AttentionProps {
  theme: Theme;
  tokens: readonly Token[];
  layer: number;
  head: number;
  n_layer: number;
  n_head: number;
  d_head: number;
  /** What the layer's scores are multiplied with beside 1 / √d_head; 1 in GPT-2. */
  factor?: number;
  /** The selected position: the query. */
  position: number;
  /** The selected key, or null. */
  key: number | null;
  /** The query under the pointer, here or elsewhere. */
  hoverQuery: number | null;
  stage: Stage;
  form: Form;
  heads: HeadsShown;
  /** Heads pinned beside this one, as far as they are loaded; `norms` as `reading.weigh` asks. */
  pinned?: readonly ReadHead[];
  /** Of this head: what its weights are multiplied by. */
  norms?: Float32Array | null;
  reading?: ReadingSettings;
  /** What is seen of the large picture, and of the line of arcs. */
  zoom?: ZoomPlace;
  lineZoom?: ZoomPlace;
  /** [T, T] of the head, probabilities. */
  pattern: Float32Array | undefined;
  /** [T, T] of the head: q·k / √d_head, −∞ above the diagonal. */
  attn_scores: Float32Array | undefined;
  /** [T, n_head, d_head] of the layer. */
  q: Float32Array | undefined;
  k: Float32Array | undefined;
  /** Every layer's small maps, as far as they are loaded. */
  maps: readonly (HeadMaps | undefined)[];
  /** Why the view opened on this head, with {token} for the token that it reads from. */
  why?: { readonly text: string; readonly token: Token } | null;
  onposition: (position: number) => void;
  onkey: (key: number | null) => void;
  onhoverquery: (query: number | null) => void;
  onhead: (layer: number, head: number) => void;
  onstage: (stage: Stage) => void;
  onform: (form: Form) => void;
  onheads: (heads: HeadsShown) => void;
  /** Layers whose small maps are on screen, where all are shown. */
  onrows?: (range: { first: number; end: number }) => void;
  onreading?: (change: Partial<ReadingSettings>) => void;
  onpins?: (pins: readonly HeadPlace[]) => void;
  /** Sets this head's z to 0 in run B; where it is left out, there is no button. */
  ontakeout?: () => void;
  onzoom?: (zoom: ZoomPlace) => void;
  onlinezoom?: (zoom: ZoomPlace) => void;
}
