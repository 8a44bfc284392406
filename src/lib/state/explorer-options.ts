import type { Engine } from '$lib/engine';
import type { Models } from './models.svelte';

export interface ExplorerOptions {
  /** Address of static/models, ending in `/`. */
  readonly modelsUrl: string;
  readonly createEngine?: () => Engine;
  /** What models there are; pages that share one share its downloads. */
  readonly models?: Models;
}
