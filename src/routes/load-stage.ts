import type { Component } from 'svelte';
import type { ViewState } from '$lib/state';
import type { StageProps } from './stages/props';

const STAGES: Record<ViewState['view'], () => Promise<{ default: Component<StageProps> }>> = {
  flow: () => import('./stages/FlowStage.svelte'),
  embeddings: () => import('./stages/EmbeddingsStage.svelte'),
  attention: () => import('./stages/AttentionStage.svelte'),
  qkv: () => import('./stages/QkvStage.svelte'),
  mlp: () => import('./stages/MlpStage.svelte'),
  layernorm: () => import('./stages/LayerNormStage.svelte'),
  residual: () => import('./stages/ResidualStage.svelte'),
  lens: () => import('./stages/LensStage.svelte'),
  decode: () => import('./stages/DecodeStage.svelte')
};

/** The picture of one part of the model; fetched once, when it is first asked for. */
export function loadStage(view: ViewState['view']): Promise<{ default: Component<StageProps> }> {
  return STAGES[view]();
}
