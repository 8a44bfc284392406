import * as v from 'valibot';
import { BACKENDS } from './protocol';
import type { TimesMemory } from './faster-backend';

const CACHE = 'gpt2-lens-backend-times';

const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const Timed = v.array(
  v.object({ name: v.picklist(BACKENDS), times: v.object({ short: milliseconds, long: milliseconds }) })
);

/** One entry for each version of the engine's script and each number of threads: the browser's profile is the device. */
const address = (): string => {
  const version = self.location.pathname.split('/').at(-1);
  return new URL(`backend-times/${version}/${navigator.hardwareConcurrency}`, self.origin).href;
};

/** Kept by the browser for this origin; where it keeps nothing, each start measures anew. */
export const timesMemory: TimesMemory = {
  async recall() {
    try {
      const kept = await caches.match(address(), { cacheName: CACHE }); // opening a cache would make it
      const read = v.safeParse(Timed, await kept?.json());
      return read.success && read.output.length > 1 ? read.output : null;
    } catch {
      return null;
    }
  },
  async remember(timed) {
    try {
      await caches.delete(CACHE); // those of older versions
      await (await caches.open(CACHE)).put(address(), new Response(JSON.stringify(timed)));
    } catch {
      // the browser keeps nothing here
    }
  }
};
