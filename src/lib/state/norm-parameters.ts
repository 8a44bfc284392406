import type { EngineClient, LayerNormName, LayerNormParameters } from '$lib/engine';
import { ReadCache } from './read-cache';

/** weight and bias of the LayerNorms of the model in use: each is read once, and anew for another model. */
export class NormParameters {
  readonly #onerror: (error: unknown) => void;
  #cache: ReadCache;

  constructor(onerror: (error: unknown) => void) {
    this.#onerror = onerror;
    this.#cache = new ReadCache(onerror);
  }

  /** One LayerNorm's, or undefined until they have arrived. */
  get(engine: EngineClient, name: LayerNormName, layer: number): LayerNormParameters | undefined {
    return this.#cache.get({ key: `${name}/${layer}`, load: () => engine.layerNorm(name, layer) });
  }

  /** Forgets what was read, and cancels what is on its way. */
  reset(): void {
    this.#cache.dispose();
    this.#cache = new ReadCache(this.#onerror);
  }
}
