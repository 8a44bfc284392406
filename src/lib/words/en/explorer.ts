import { inLanguage } from '../spoken.svelte';

/** The explorer: what its columns are called. */
export const explorerWords = inLanguage('explorerWords', {
  parts: 'Part of the model',
  presenting: {
    name: 'Presenter’s view',
    keys: '← → step through the depth · Home: all blocks · Page Up, Page Down: next tab · F: Flow · Esc: end',
    end: 'End presenting'
  },
  where: 'Where in the model',
  prediction: 'Prediction',
  decodeOnly: (settings: readonly string[]) =>
    `Decode also uses ${settings.join(', ')}; these bars and Draw do not.`,
  normByDepth: 'Residual stream · norm by depth',
  layerNorm: (width: number, layer: number) => `${width} values at ln_1, block ${layer}`
});
