import { index, optional } from '../setting';
import type { ViewSpec } from '../spec';

const settings = {
  /** The component of the stream that is held, here and in LayerNorm; null: none. */
  component: optional(index)
};

/** A token's row of wte, a position's row of wpe, and their sum. */
export const embeddings: ViewSpec<typeof settings> = {
  label: { en: 'Embeddings', zh: '嵌入' },
  part: 'embed',
  settings,
  load: async () => (await import('../reads/embeddings')).embeddings
};
