import { describe, expect, it } from 'vitest';
import { neededModules } from '../../scripts/needed-modules.mjs';

/** Modules by name: their text; each imports what it names. */
function needed(modules: Record<string, string>, pages = ['page']): string[] {
  const importedIds = (code: string) => [
    ...new Set([...code.matchAll(/from '(\w+)'|import '(\w+)'/g)].map((found) => found[1] ?? found[2]))
  ];
  const infoOf = (id: string) => ({ code: modules[id], importedIds: importedIds(modules[id]) });
  return [...neededModules(pages, infoOf)].sort();
}

describe('neededModules(pages, moduleInfoOf)', () => {
  const folder = { index: "export { a } from 'one'; export { b as c } from 'two'; export * from 'three';" };
  const files = { one: 'export const a = 1;', two: 'export const b = 2;', three: 'export function d() {}' };

  it('takes of a folder only what is imported from it', () => {
    expect(needed({ ...folder, ...files, page: "import { a } from 'index'; a;" })).toEqual(['one', 'page']);
    expect(needed({ ...folder, ...files, page: "import { c } from 'index'; c;" })).toEqual(['page', 'two']);
    expect(needed({ ...folder, ...files, page: "import { d } from 'index'; d;" })).toEqual(['page', 'three']);
  });

  it('follows what a needed module imports, through names that are passed on', () => {
    const again = "import { a } from 'index'; export { a };";
    expect(needed({ ...folder, ...files, again, page: "import { a } from 'again'; a;" })).toEqual([
      'one',
      'page'
    ]);
    const one = "import { b } from 'two'; export const a = b;";
    expect(needed({ ...folder, ...files, one, page: "import { a } from 'index'; a;" })).toEqual([
      'one',
      'page',
      'two'
    ]);
  });

  it('needs everything of a module that is imported whole, or for what it does', () => {
    expect(needed({ ...folder, ...files, page: "import * as all from 'index'; all;" })).toEqual([
      'index',
      'one',
      'page',
      'three',
      'two'
    ]);
    expect(needed({ ...files, page: "import 'one';" })).toEqual(['one', 'page']);
  });

  it('leaves what is fetched later', () => {
    expect(needed({ ...files, page: "export const load = () => import('one');" })).toEqual(['page']);
  });

  it('needs all that a module which it cannot read imports', () => {
    expect(
      needed({ ...folder, ...files, page: "import { x } from 'odd'; x;", odd: "not code from 'two'" })
    ).toEqual(['odd', 'page', 'two']);
  });
});
