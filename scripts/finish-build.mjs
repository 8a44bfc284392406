import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEngineEarly } from './early-engine.mjs';
import { writeFrameCards } from './frame-card.mjs';
import { writeFrameWorkers } from './frame-workers.mjs';
import { writeKeptSet } from './kept-set.mjs';
import { writeLicences } from './licences.mjs';
import { openPagesOf, writePolicies } from './page-policy.mjs';
import { recordFirstRun } from './record-first-run.mjs';
import { preloadPicture } from './preload-picture.mjs';
import { tidyAddressScript } from './tidy-address.mjs';

const HEAD = '<head>';
const MANIFEST = '.vite/manifest.json';

/** @param {string} folder */
function tidyAddresses(folder) {
  for (const page of openPagesOf(folder)) {
    const html = readFileSync(page, 'utf8');
    writeFileSync(
      page,
      html.replace(HEAD, () => `${HEAD}\n    <script>${tidyAddressScript}</script>`)
    );
  }
}

/**
 * A SvelteKit adapter whose folder is finished after it has written its files: pages tidy up their address and say what
 * the frame around them lacks, an embedded view starts workers in a frame without an origin, the explorer starts the engine early and fetches what its first picture needs, policies name the scripts that stand in a page, the
 * licences of all that is shipped lie beside it, the service worker learns what belongs to this version, and compressed
 * copies lie beside what is text or code, for servers that send them.
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
      recordFirstRun(folder);
      preloadPicture(folder, join(builder.getClientDirectory(), MANIFEST));
      writeFrameCards(folder);
      writeFrameWorkers(folder);
      tidyAddresses(folder); // before the engine, whose address it mends
      writeLicences(folder);
      writePolicies(folder);
      writeKeptSet(folder); // after all that changes files
      await builder.compress(folder); // last: copies of what is served
    }
  };
}
