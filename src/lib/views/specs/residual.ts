import { zoomPlace } from '../places';
import { oneOf, optional } from '../setting';
import type { ViewSpec } from '../spec';

export const BAR_SCALES = ['linear', 'log'] as const;

const settings = {
  /** What is seen of the map; null: all. */
  heat_zoom: optional(zoomPlace),
  /** Scale of the norms; null: the one that suits them. */
  norm_scale: optional(oneOf(BAR_SCALES))
};

/** The residual stream's norm by depth and position, and what each sublayer adds. */
export const residual: ViewSpec<typeof settings> = {
  label: { en: 'Residual stream', zh: '残差流' },
  part: 'attn',
  settings,
  load: async () => (await import('../reads/residual')).residual
};
