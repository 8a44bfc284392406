import { startEngineEarly } from './early-engine.mjs';

/**
 * A SvelteKit adapter whose folder is finished after it has written its files: the page starts the engine early, and
 * compressed copies lie beside what is text or code, for servers that send them.
 *
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {string} folder what it writes to
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function finished(adapter, folder) {
  return {
    ...adapter,
    async adapt(builder) {
      await adapter.adapt(builder);
      startEngineEarly(folder);
      await builder.compress(folder); // last: copies of what is served
    }
  };
}
