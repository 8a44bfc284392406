import { headList, zoomPlace } from '../places';
import { oneOf, optional, setting, wholeNumber } from '../setting';
import type { ViewSpec } from '../spec';

export const STAGES = ['qk', 'scaled', 'masked', 'softmax'] as const;
export const FORMS = ['matrix', 'arcs', 'text'] as const;
/** What the large attention picture shows of the head and those pinned beside it. */
export const COMBINED = ['one', 'mean', 'max'] as const;
/** What a cell's weight is multiplied by. */
export const WEIGHED = ['weight', 'v', 'out'] as const;
/** What happens to position 0. */
export const POSITION_0 = ['show', 'hide', 'renormalise'] as const;
export const HEAD_GRIDS = ['layer', 'all'] as const;

const settings = {
  /** What the large attention map shows. */
  stage: setting(oneOf(STAGES), 'softmax'),
  form: setting(oneOf(FORMS), 'matrix'),
  /** Heads to compare with the selected one. */
  pins: setting(headList, []),
  combine: setting(oneOf(COMBINED), 'one'),
  weigh: setting(oneOf(WEIGHED), 'weight'),
  first: setting(oneOf(POSITION_0), 'show'),
  /** The strongest cells of a row that are kept, percent; 100: all. */
  keep: setting(wholeNumber(1, 100), 100),
  /** Small maps: the heads of one layer, or of all. */
  heads: setting(oneOf(HEAD_GRIDS), 'layer'),
  /** What is seen of the large picture, and of its line of arcs; null: all. */
  zoom: optional(zoomPlace),
  line_zoom: optional(zoomPlace)
};

/** One head's weights as matrix, arcs or text, and all heads as small maps. */
export const attention: ViewSpec<typeof settings> = {
  label: { en: 'Attention', zh: '注意力' },
  part: 'attn',
  settings,
  load: async () => (await import('../reads/attention')).attention
};
