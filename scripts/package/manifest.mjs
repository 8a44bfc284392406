import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["']((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^"']*)?["']/g;

/** Scripts of the package, by the name of their entry; `views` defines elements as it is imported. */
export const ENTRIES = {
  index: 'src/package/index.ts',
  views: 'src/package/views/index.ts',
  embed: 'src/package/embed.ts'
};

/** The script of the Python package. */
export const WIDGET = { widget: 'src/package/widget.ts' };

/** TensorFlow.js is the user's: two copies in one page would know nothing of each other's tensors. */
const PEER = '@tensorflow/tfjs-core';

/** What the npm package's users install beside it; everything else is built in. */
const IMPORTED = ['@huggingface/tokenizers', 'fflate', 'ml-matrix', 'penpal', 'pure-rand', 'valibot'];

/**
 * Whether a script keeps an import. Of tfjs-core only the whole: Node cannot import its files (gradients) one by one.
 *
 * @param {string} id
 */
export const isImported = (id) =>
  id === PEER || IMPORTED.some((name) => id === name || id.startsWith(`${name}/`));

const exported = (/** @type {string} */ name) => ({
  types: `./dist/${name}.d.ts`,
  default: `./dist/${name}.js`
});

/**
 * @typedef {{ version: string, license: string, engines: object, dependencies: Record<string, string>, repository?: object }} Project
 */

/**
 * The package.json of the package; its dependencies are what the built scripts import, in the project's versions.
 *
 * @param {Project} project the repository's own package.json
 * @param {string} dist
 */
export function npmManifest({ version, license, engines, dependencies, repository }, dist) {
  const imported = importedPackages(dist).filter((name) => name !== PEER);
  return {
    name: 'gpt2-lens',
    version,
    description: 'GPT-2 with every intermediate in TensorFlow.js, and its pictures as custom elements.',
    license,
    type: 'module',
    engines,
    keywords: ['gpt-2', 'interpretability', 'tensorflow.js', 'custom-elements', 'logit-lens'],
    ...(repository && { repository }),
    exports: {
      '.': exported('index'),
      './views': exported('views'),
      './embed': exported('embed'),
      './package.json': './package.json'
    },
    sideEffects: ['./dist/views.js'],
    files: ['dist', 'licences.txt'],
    dependencies: Object.fromEntries(imported.map((name) => [name, dependencies[name]])),
    peerDependencies: { [PEER]: dependencies[PEER] }
  };
}

/**
 * Packages that the scripts and types of a folder import.
 *
 * @param {string} dist
 */
function importedPackages(dist) {
  const found = new Set();
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!/\.js$|\.d\.ts$/.test(file)) continue;
    for (const [, name] of readFileSync(join(dist, file), 'utf8').matchAll(IMPORT)) found.add(name);
  }
  return [...found].sort();
}
