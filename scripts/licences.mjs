import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = 'node_modules';
/** Beside the runtime dependencies: what writes its own code into the build. */
const COMPILERS = ['svelte', '@sveltejs/kit', 'vite', 'assemblyscript'];
/** Of the compilers their own code alone is shipped, not what they are built on, except these. */
const COMPILED_WITH = ['esm-env', 'clsx', 'devalue'];
/** After this line a compiler's licence tells those of what it is built on. */
const BUILT_ON = /\n#+ Licenses of bundled dependencies[\s\S]*/;
/** Only types, which leave no code. */
const TYPES = /^@types\/|\/types$/;
const HOLDER_LINE = /^.*copyright \(c\).*\n/gim;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
const RULE = '\n\n' + '='.repeat(80) + '\n';

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} licence its SPDX name
 * @property {string} holder
 * @property {string} text of its licence; '' where it ships none
 */

/** @param {string} name @returns {{ package: Package, needs: string[] }} */
function read(name) {
  const folder = join(MODULES, name);
  const {
    version,
    license,
    licenses, // as packages wrote it before npm 3
    author,
    dependencies = {}
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort();
  const text = files
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(BUILT_ON, '').trim())
    .join('\n\n');
  const holder = typeof author === 'string' ? author : (author?.name ?? '');
  return {
    package: { name, version, licence: String(license ?? licenses?.[0]?.type), holder, text },
    needs: Object.keys(dependencies)
  };
}

/**
 * Every package whose code a build may carry: the runtime dependencies with all that they need, and the compilers.
 *
 * @returns {Package[]} by name
 */
export function shippedPackages() {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const found = new Map();
  const open = [...Object.keys(dependencies), ...COMPILED_WITH];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || TYPES.test(name) || !existsSync(join(MODULES, name))) continue;
    const { package: one, needs } = read(name);
    found.set(name, one);
    open.push(...needs);
  }
  for (const name of COMPILERS) found.set(name, read(name).package);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Writes `licences.txt`: this project's licence, and that of everything the build carries.
 *
 * Throws: Error if a package says nothing of its licence.
 *
 * @param {string} folder the built site
 */
export function writeLicences(folder) {
  const packages = shippedPackages();
  const standard = new Map(
    packages
      .filter(({ text }) => text !== '')
      .map(({ licence, text }) => [licence, text.replaceAll(HOLDER_LINE, '')])
  );
  const parts = packages.map(({ name, version, licence, holder, text }) => {
    const standards = licence.split(' AND ').map((one) => standard.get(one));
    const words = text === '' ? standards.join('\n\n') : text;
    if (text === '' && standards.includes(undefined))
      throw new Error(`writeLicences: ${name} must say its licence, got "${licence}". Look it up.`);
    const by = text === '' && holder !== '' ? `Copyright ${holder}\n\n` : '';
    return `${name} ${version} (${licence})\n\n${by}${words}`;
  });
  const own = readFileSync('LICENSE', 'utf8').trim();
  const models =
    'The models lie in models/, each with a card (CARD.md) that says its licence and what it was made from.';
  writeFileSync(join(folder, 'licences.txt'), `${['GPT-2 Lens\n\n' + own, models, ...parts].join(RULE)}\n`);
}
