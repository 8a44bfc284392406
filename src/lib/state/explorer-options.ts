import type { EngineClient } from '$lib/engine';
import type { Models } from './models.svelte';

export interface ExplorerOptions {
  /** Address of static/models, ending in `/`. */
  readonly modelsUrl: string;
  readonly createEngine?: () => EngineClient;
  /** What models there are; pages that share one share its downloads. */
  readonly models?: Models;
}

/** Address of a folder beside static/models, ending in `/`. */
export const besideModels = (modelsUrl: string, folder: string): string =>
  modelsUrl.replace(/models\/$/, `${folder}/`);
