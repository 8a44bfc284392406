import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { CELLS_PAGE } from '../site-headers.mjs';
import { keepThreadedWasm } from '../vite-threaded-wasm.mjs';
import { wasmKernels } from '../wasm-kernels/vite-plugin.mjs';
import { cellsPage } from './page.mjs';

const ID = 'virtual:cells-sandbox';
const RESOLVED = `\0${ID}`;
const DEV_SCRIPT = '/@cells-sandbox.js';
const inRepository = (/** @type {string} */ path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The cells' worker with all that it needs in one text: from an opaque origin nothing more can be fetched. */
async function cellsScript() {
  const result = await build({
    configFile: false,
    root: inRepository('.'),
    publicDir: false,
    logLevel: 'error',
    plugins: [keepThreadedWasm(), wasmKernels()],
    resolve: { alias: { $lib: inRepository('src/lib') } },
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: inRepository('src/lib/engine/sandbox/cells.worker.ts'),
        checks: { bundlerTimings: false },
        output: { format: 'iife', codeSplitting: false }
      }
    }
  });
  const { output } = /** @type {{ output: { code: string }[] }} */ (/** @type {unknown} */ (result));
  if (output.length !== 1) {
    throw new Error(
      `cellsScript: the cells' worker must be one file, got ${output.length}. It may fetch nothing.`
    );
  }
  return output[0].code;
}

/**
 * `import script from 'virtual:cells-sandbox'`: the address of the cells' worker as one text. The page that starts it is
 * written beside the other pages.
 *
 * @returns {import('vite').Plugin}
 */
export function cellsSandbox() {
  let isServed = false;
  return {
    name: 'cells-sandbox',
    configResolved: ({ command }) => void (isServed = command === 'serve'),
    resolveId: (id) => (id === ID ? RESOLVED : null),
    async load(id, options) {
      if (id !== RESOLVED) return null;
      if (options?.ssr) return `export default '';`;
      if (isServed) return `export default '${DEV_SCRIPT}';`;
      const source = await cellsScript();
      const file = this.emitFile({ type: 'asset', name: 'cells.worker.js', source });
      this.emitFile({ type: 'asset', fileName: `${CELLS_PAGE}index.html`, source: cellsPage() });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
    configureServer(server) {
      const serve = (
        /** @type {string} */ path,
        /** @type {string} */ type,
        /** @type {() => unknown} */ make
      ) =>
        server.middlewares.use(path, (_, response, next) => {
          Promise.resolve(make()).then((text) => {
            for (const [name, value] of Object.entries(server.config.server.headers ?? {}))
              response.setHeader(name, /** @type {string} */ (value));
            response.setHeader('Content-Type', type);
            response.end(text);
          }, next);
        });
      serve(DEV_SCRIPT, 'text/javascript', cellsScript);
      serve(`/${CELLS_PAGE}`, 'text/html', cellsPage);
    }
  };
}
