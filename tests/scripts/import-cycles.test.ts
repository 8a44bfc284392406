import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = 'src/lib';
/** Imports and exports of values: types are gone when the page runs, and import() waits until the page does. */
const IMPORT = /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.d.ts'))
  .map((path) => join(ROOT, path));
const known = new Set(files);

/** The file that an import names; undefined for packages and for what is no code. */
function resolve(from: string, name: string): string | undefined {
  if (!name.startsWith('.') && !name.startsWith('$lib')) return undefined;
  const path = name.startsWith('.') ? join(dirname(from), name) : join(ROOT, name.slice('$lib'.length));
  return [path, `${path}.ts`, `${path.replace(/\.js$/, '')}.ts`, join(path, 'index.ts')].find((each) =>
    known.has(each)
  );
}

/** What a file imports of others; a component may draw itself again. */
function importsOf(file: string): string[] {
  const found = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, name]) => resolve(file, name));
  return found.filter((each): each is string => each !== undefined && each !== file);
}

/** Circles of imports, each from the file where it was noticed and back. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  function visit(file: string, path: readonly string[]): void {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  }
  for (const file of graph.keys()) visit(file, []);
  return found;
}

it('finds a circle, and what imports itself by a detour', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['a']]
  ]);
  expect(circles(graph)).toEqual([['a', 'b', 'c', 'a']]);
});

it('no module of the library is in a circle of imports', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  expect([...graph.values()].flat().length).toBeGreaterThan(files.length);
  expect(circles(graph)).toEqual([]);
});

it('no worker reaches a module with runes: they are compiled for the page alone', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  const workers = files.filter((file) => file.endsWith('.worker.ts'));
  expect(workers.length).toBeGreaterThan(3);
  for (const worker of workers) {
    const reached = new Set([worker]);
    for (const file of reached) for (const next of graph.get(file) ?? []) reached.add(next);
    expect(
      [...reached].filter((file) => /\.svelte(\.ts)?$/.test(file)),
      worker
    ).toEqual([]);
  }
});
