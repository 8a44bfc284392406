import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMBED_PAGE } from './site-headers.mjs';

const HEAD = '<head>';

/**
 * Runs in the embedded view's page before everything else. A frame that a host has sandboxed without `allow-same-origin`
 * has no origin, and browsers let it start no worker from an address, and none whose first script is a module. A classic
 * one from a blob may import the module, where the server lets every origin have it. The worker's own workers need the
 * same, so each begins with this function.
 *
 * @param {string} source of this function
 */
function startWorkersFromBlobs(source) {
  if (self.origin !== 'null') return;
  const Plain = self.Worker;
  self.Worker = class extends Plain {
    /** @param {string | URL} script @param {WorkerOptions} [options] */
    constructor(script, options) {
      const address = JSON.stringify(new URL(script, location.href).href);
      const begin = `(${source})(${JSON.stringify(source)}); (${importModule})(${address});`;
      const blob = new Blob([begin], { type: 'text/javascript' });
      super(URL.createObjectURL(blob), { name: options?.name });
    }
  };

  /** In the worker: messages wait until the module listens. @param {string} address */
  function importModule(address) {
    /** @type {MessageEvent[]} */
    const early = [];
    const keep = (/** @type {MessageEvent} */ event) => {
      event.stopImmediatePropagation();
      early.push(event);
    };
    self.addEventListener('message', keep);
    import(address).then(
      () => {
        self.removeEventListener('message', keep);
        for (const { data, ports } of early)
          self.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
      },
      (error) => self.reportError(error)
    );
  }
}

/**
 * Puts that script into the built page of embedded views.
 *
 * @param {string} folder the built site
 */
export function writeFrameWorkers(folder) {
  const page = join(folder, EMBED_PAGE, 'index.html');
  const html = readFileSync(page, 'utf8');
  const script = `(${startWorkersFromBlobs})(${JSON.stringify(String(startWorkersFromBlobs))})`;
  writeFileSync(
    page,
    html.replace(HEAD, () => `${HEAD}\n    <script>${script}</script>`)
  );
}
