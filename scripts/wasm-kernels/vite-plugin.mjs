import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileKernels, SOURCE } from './compile.mjs';

const ID = 'virtual:wasm-kernels';
const RESOLVED = `\0${ID}`;

/**
 * `import binaries from 'virtual:wasm-kernels'`: the kernels' binaries, some 7 kB each, compiled when the source has
 * changed and carried in the module as base64.
 *
 * @returns {import('vite').Plugin}
 */
export function wasmKernels() {
  return {
    name: 'wasm-kernels',
    resolveId: (id) => (id === ID ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      for (const name of readdirSync(SOURCE)) this.addWatchFile(join(SOURCE, name));
      const entries = Object.entries(await compileKernels()).map(
        ([name, bytes]) => `${name}: bytes('${Buffer.from(bytes).toString('base64')}')`
      );
      return [
        'const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));',
        `export default { ${entries.join(', ')} };`
      ].join('\n');
    }
  };
}
