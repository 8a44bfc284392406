import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WORKERS = '_app/immutable/workers';
const ENGINE = /^engine\.worker-.*\.js$/;
const HEAD = '<head>';

/**
 * Runs in the page's head: starts the engine's worker and names the backend and the model that the link asks for;
 * src/lib/engine/early-worker.ts is what both are taken by. Where the link asks for nothing, the recorded run of the
 * first picture is fetched too (src/lib/engine/fetch-first-run.ts). What the link asks for stands in the worker's name: a
 * message would wait until the page's own scripts leave the page's thread a moment, and with something after the # of
 * its address the script would run twice, as its parts import it without.
 *
 * @param {string} script address of the worker's script
 * @param {{ name: string, url: string }} source the default model
 */
function startEngine(script, source) {
  if (self.origin === 'null') return; // no worker can be started there: frame-card.mjs says so
  const { hash, search } = location; // the view is in the fragment; in links of version 1 in the query
  const fields = new URLSearchParams(hash.includes('=') ? hash.slice(1) : search);
  if (fields.get('recording')) return; // nothing is computed
  const isDefault = (fields.get('model') ?? source.name) === source.name;
  const url = new URL(source.url, location.href).href;
  const found = { ...source, url, handOver: !navigator.serviceWorker?.controller };
  const tokens = Math.ceil((fields.get('prompt') ?? '').length / 4); // four letters each in English
  const waits = ![...fields.keys()].some((field) => field !== 'v' && field !== 'lang'); // for the recorded picture
  const asks = JSON.stringify({
    backend: fields.get('backend'),
    source: isDefault ? found : null,
    tokens,
    waits
  });
  const worker = new Worker(new URL(script, location.href), { type: 'module', name: `engine ${asks}` });
  const early = { worker, failed: false };
  worker.addEventListener('error', () => (early.failed = true), { once: true });
  Object.assign(globalThis, { gpt2LensEngine: early });
  if (waits) Object.assign(globalThis, { gpt2LensFirstRun: fetch('./first-run.json') });
}

/**
 * The default model of a built page's catalogue, as the page itself would ask for it.
 *
 * @param {string} folder
 */
function defaultSource(folder) {
  const catalogue = JSON.parse(readFileSync(join(folder, 'models/models.json'), 'utf8'));
  const {
    name,
    folder: models,
    files
  } = catalogue.models.find((/** @type {{ name: string }} */ model) => model.name === catalogue.default);
  return { name, url: `models/${models}/`, files, keep: false };
}

/**
 * Puts the script that starts the engine into the head of a built explorer.
 *
 * Throws: Error if the folder holds no built page, or not one engine.
 *
 * @param {string} folder
 */
export function startEngineEarly(folder) {
  const engines = readdirSync(join(folder, WORKERS)).filter((name) => ENGINE.test(name));
  const page = join(folder, 'index.html');
  const html = readFileSync(page, 'utf8');
  if (engines.length !== 1 || !html.includes(HEAD)) {
    throw new Error(
      `startEngineEarly: ${folder} must hold a page and one engine, got ${engines.length}. Build anew.`
    );
  }
  const values = [`./${WORKERS}/${engines[0]}`, defaultSource(folder)].map((value) => JSON.stringify(value));
  const script = `<script>(${startEngine})(${values.join(', ').replaceAll('<', '\\u003c')})</script>`;
  writeFileSync(
    page,
    html.replace(HEAD, () => `${HEAD}\n    ${script}`)
  );
}
