import { parse } from 'acorn';

/**
 * Which modules a page waits for. A folder's index.ts leads to all that the folder has; a page that takes one name from
 * it needs the one module of that name, and what that module imports.
 *
 * @typedef {{ code?: string | null, importedIds: readonly string[] } | null} ModuleInfo
 * @typedef {(id: string) => ModuleInfo} ModuleInfoOf
 * @typedef {{ readonly from: string, readonly name: string }} Place
 * @typedef {{
 *   readonly imports: readonly Place[],
 *   readonly passed: ReadonlyMap<string, Place>,
 *   readonly all: readonly string[],
 *   readonly own: ReadonlySet<string>
 * }} Module imports: names that it uses; passed: names of others that it exports; all: modules
 *   whose every name it exports; own: names that it makes itself
 */

/** Every name of a module, and its side effects. */
const EVERYTHING = '*';
const VERSION = 'latest';
/** The bundler adds it where something is fetched by import(); the module's own text does not name it. */
const PRELOAD_HELPER = 'vite/preload-helper';

/** @param {any} name */
const nameOf = (name) => name.name ?? name.value;

/** @param {any} declaration @returns {string[]} */
function declared(declaration) {
  if (declaration.id) return [declaration.id.name];
  return (declaration.declarations ?? []).map((/** @type {any} */ each) => each.id.name ?? EVERYTHING);
}

/**
 * Names that a module imports, by what it calls them.
 *
 * @param {any[]} body @param {(node: any) => string} idOf
 */
function importsOf(body, idOf) {
  /** @type {Map<string, Place>} */
  const locals = new Map();
  /** @type {Place[]} */
  const bare = [];
  for (const node of body) {
    if (node.type !== 'ImportDeclaration') continue;
    const from = idOf(node);
    if (node.specifiers.length === 0) bare.push({ from, name: EVERYTHING });
    for (const { type, imported, local } of node.specifiers) {
      const isNamed = type === 'ImportSpecifier';
      const name = isNamed ? nameOf(imported) : type === 'ImportDefaultSpecifier' ? 'default' : EVERYTHING;
      locals.set(local.name, { from, name });
    }
  }
  return { locals, bare };
}

/**
 * What a module imports and exports. Throws: SyntaxError if it is not JavaScript; Error if its imports do not match `ids`.
 *
 * @param {string} code @param {readonly string[]} ids of its imports, in their order
 * @returns {Module}
 */
export function readModule(code, ids) {
  const { body } = /** @type {any} */ (parse(code, { ecmaVersion: VERSION, sourceType: 'module' }));
  const sources = [
    ...new Set(body.flatMap((/** @type {any} */ one) => (one.source ? [one.source.value] : [])))
  ];
  if (sources.length !== ids.length) throw new Error(`imports must be ${ids.length}, got ${sources.length}.`);
  const idOf = (/** @type {any} */ node) => ids[sources.indexOf(node.source.value)];
  const { locals, bare } = importsOf(body, idOf);
  /** @type {Map<string, Place>} */
  const passed = new Map();
  /** @type {string[]} */
  const all = [];
  /** @type {Set<string>} */
  const own = new Set();
  for (const node of body) {
    if (node.type === 'ExportDefaultDeclaration') own.add('default');
    if (node.type === 'ExportAllDeclaration') {
      if (node.exported) passed.set(nameOf(node.exported), { from: idOf(node), name: EVERYTHING });
      else all.push(idOf(node));
    }
    if (node.type !== 'ExportNamedDeclaration') continue;
    if (node.declaration) declared(node.declaration).forEach((name) => own.add(name));
    for (const { local, exported } of node.specifiers) {
      const place = node.source ? { from: idOf(node), name: nameOf(local) } : locals.get(nameOf(local));
      if (place) passed.set(nameOf(exported), place);
      else own.add(nameOf(exported));
    }
  }
  return { imports: [...locals.values(), ...bare], passed, all, own };
}

/**
 * Every module that pages run at once.
 *
 * @param {readonly string[]} pages
 * @param {ModuleInfoOf} moduleInfoOf
 * @returns {Set<string>}
 */
export function neededModules(pages, moduleInfoOf) {
  /** @type {Map<string, Module | null>} */
  const read = new Map();
  /** @type {Set<string>} */
  const needed = new Set();
  const visited = new Set();
  /** @type {Place[]} */
  const open = pages.map((from) => ({ from, name: EVERYTHING }));

  /** null: something else than JavaScript, which is needed as a whole. @param {string} id */
  function moduleOf(id) {
    if (!read.has(id)) {
      const info = moduleInfoOf(id);
      try {
        const ids = info?.importedIds.filter((each) => !each.includes(PRELOAD_HELPER)) ?? [];
        read.set(id, info?.code ? readModule(info.code, ids) : null);
      } catch {
        read.set(id, null);
      }
    }
    return read.get(id) ?? null;
  }

  /** @param {string} id @param {string} name @returns {boolean} */
  function has(id, name) {
    const found = moduleOf(id);
    if (!found) return false;
    return found.own.has(name) || found.passed.has(name) || found.all.some((each) => has(each, name));
  }

  /** @param {string} id */
  function need(id) {
    if (needed.has(id)) return;
    needed.add(id);
    const found = moduleOf(id);
    if (found) open.push(...found.imports);
    else for (const from of moduleInfoOf(id)?.importedIds ?? []) open.push({ from, name: EVERYTHING });
  }

  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { from, name } = place;
    if (visited.has(`${name} ${from}`)) continue;
    visited.add(`${name} ${from}`);
    const found = moduleOf(from);
    const passedOn = found?.passed.get(name);
    const source = found?.all.find((each) => has(each, name));
    if (passedOn) open.push(passedOn);
    else if (source !== undefined && !found?.own.has(name)) open.push({ from: source, name });
    else need(from);
    if (name === EVERYTHING && found) {
      open.push(...found.passed.values(), ...found.all.map((each) => ({ from: each, name })));
    }
  }
  return needed;
}
