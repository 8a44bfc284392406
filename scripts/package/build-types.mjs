import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const LIB = fileURLToPath(new URL('../../src/lib', import.meta.url));

/**
 * Writes one .d.ts beside each script.
 *
 * @param {Record<string, string>} entries as in `buildScripts`
 * @param {string} outDir
 * @param {(id: string) => boolean} external
 */
export async function buildTypes(entries, outDir, external) {
  const bundle = await rolldown({
    input: entries,
    external: (id) => external(id) || id.endsWith('.svelte') || id.includes('.css'),
    resolve: { alias: { $lib: LIB } },
    plugins: [dts({ emitDtsOnly: true, tsconfig: 'scripts/package/tsconfig.json' })]
  });
  await bundle.write({ dir: outDir, chunkFileNames: 'parts/[name]-[hash].d.ts' });
  await bundle.close();
}
