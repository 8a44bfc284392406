import { inLanguage } from '../spoken.svelte';

/** The explorer: what its columns and tabs are called. */
export const explorerWords = inLanguage('explorerWords', {
  parts: 'Part of the model',
  tabs: {
    flow: 'Flow',
    embeddings: 'Embeddings',
    attention: 'Attention',
    qkv: 'Q · K · V',
    mlp: 'MLP',
    layernorm: 'LayerNorm',
    residual: 'Residual stream',
    lens: 'Logit lens',
    decode: 'Decode'
  },
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
