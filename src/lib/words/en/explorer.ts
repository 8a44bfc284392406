import { inLanguage } from '../spoken.svelte';

/** The explorer: what its columns are called. */
export const explorerWords = inLanguage('explorerWords', {
  parts: 'Part of the model',
  where: 'Where in the model',
  prediction: 'Prediction',
  decodeOnly: (settings: readonly string[]) =>
    `Decode also uses ${settings.join(', ')}; these bars and Draw do not.`,
  normByDepth: 'Residual stream · norm by depth',
  layerNorm: (width: number, layer: number) => `${width} values at ln_1, block ${layer}`
});
