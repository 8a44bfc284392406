import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const inRepository = (/** @type {string} */ path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Folder of the kernels' source, in AssemblyScript. */
export const SOURCE = inRepository('src/lib/engine/wasm-kernels/assembly');
const CACHE = inRepository('node_modules/.cache/wasm-kernels');
const COMPILER = inRepository('node_modules/assemblyscript/package.json');
const LARGEST_MEMORY_PAGES = '65536'; // 4 GiB, the backend's own limit

/** What differs between the builds; the names are those of `KernelBinaries`. */
const VARIANTS = {
  relaxedShared: ['--enable', 'simd,threads,relaxed-simd', '--sharedMemory'],
  relaxedPrivate: ['--enable', 'simd,threads,relaxed-simd'],
  plainShared: ['--enable', 'simd,threads', '--sharedMemory'],
  plainPrivate: ['--enable', 'simd,threads']
};

/** No runtime, no memory of its own, no data in memory: nothing may touch what the backend keeps there. */
const OPTIONS = [
  ...['-O3', '--runtime', 'stub', '--noAssert', '--use', 'abort='],
  ...['--importMemory', '--maximumMemory', LARGEST_MEMORY_PAGES, '--disableWarning']
];

/** @typedef {import('../../src/lib/engine/wasm-kernels/binaries.ts').KernelBinaries} KernelBinaries */

/** Changes with anything that could change the binaries. */
function fingerprint() {
  const hash = createHash('sha256').update(JSON.stringify([VARIANTS, OPTIONS]));
  for (const name of readdirSync(SOURCE).sort()) hash.update(name).update(readFileSync(join(SOURCE, name)));
  return hash.update(readFileSync(COMPILER)).digest('hex').slice(0, 16);
}

/** @param {string} file @param {readonly string[]} variant */
async function compile(file, variant) {
  const { default: asc } = await import('assemblyscript/asc');
  const unfinished = `${file}.${randomUUID()}`; // others may compile the same now
  const { error, stderr } = await asc.main([
    join(SOURCE, 'index.ts'),
    ...OPTIONS,
    ...variant,
    '--outFile',
    unfinished
  ]);
  if (error) {
    throw new Error(`compileKernels: assembly/ must compile, got ${error.message}. ${stderr.toString()}`, {
      cause: error
    });
  }
  renameSync(unfinished, file);
}

/**
 * The kernels' binaries; compiled when the source has changed, else taken from node_modules/.cache.
 *
 * Throws: Error with the compiler's message if the source does not compile.
 *
 * @returns {Promise<KernelBinaries>}
 */
export async function compileKernels() {
  const folder = join(CACHE, fingerprint());
  mkdirSync(folder, { recursive: true });
  const binaries = /** @type {Record<string, Uint8Array<ArrayBuffer>>} */ ({});
  for (const [name, variant] of Object.entries(VARIANTS)) {
    const file = join(folder, `${name}.wasm`);
    if (!existsSync(file)) await compile(file, variant);
    binaries[name] = new Uint8Array(readFileSync(file));
  }
  return /** @type {KernelBinaries} */ (/** @type {unknown} */ (binaries));
}
