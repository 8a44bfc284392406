import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scriptsBeforeEngine } from '../../scripts/page-size.mjs';

const START = '_app/immutable/entry/start.js';
const PAGE = '_app/immutable/nodes/2.js';
const SHARED = '_app/immutable/chunks/a.js';
const ENGINE = '_app/immutable/workers/engine.worker-x.js';
const TOKENIZER = '_app/immutable/workers/tokenizer.worker-x.js';
const BACKEND = '_app/immutable/workers/chunks/webgl.js';

let site: string;
beforeEach(() => {
  site = mkdtempSync(join(tmpdir(), 'site-'));
});
afterEach(() => rmSync(site, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
}

const built = {
  'index.html': `<link rel="modulepreload" href="./${START}"><script>import("./${PAGE}")</script>`,
  [START]: 'import{a}from"../chunks/a.js";',
  [PAGE]: 'import"../chunks/a.js";new Worker("engine")',
  [SHARED]: 'export const a = 1;',
  [ENGINE]: 'const load = () => import("./chunks/webgl.js");',
  [TOKENIZER]: 'onmessage = () => {};',
  [BACKEND]: 'export const b = 2;'
};
const check = () => spawnSync(process.execPath, ['scripts/check-size.mjs', site], { encoding: 'utf8' });

describe('scriptsBeforeEngine(folder)', () => {
  it('counts what the page names, the engine, its tokenizer, and what they import at once; not what comes later', () => {
    write(built);
    const sizes = scriptsBeforeEngine(site);
    expect([...sizes.keys()].sort()).toEqual([START, PAGE, SHARED, ENGINE, TOKENIZER].sort());
    expect(sizes.get(SHARED)).toBe(gzipSync(built[SHARED]).length);
  });

  it('leaves out what the first picture alone needs', () => {
    const picture = `<link rel="modulepreload" href="./_app/immutable/chunks/picture.js" data-picture />`;
    write({ ...built, 'index.html': built['index.html'] + picture });
    expect([...scriptsBeforeEngine(site).keys()]).not.toContain('_app/immutable/chunks/picture.js');
  });

  it('refuses a folder without a built page or without an engine', () => {
    expect(() => scriptsBeforeEngine(site)).toThrow('must hold a built page and its engine');
    write({ ...built, 'index.html': '<p>nothing</p>' });
    expect(() => scriptsBeforeEngine(site)).toThrow('must hold a built page and its engine');
  });
});

describe('check-size.mjs', () => {
  it('passes a small page and says how large it is', () => {
    write(built);
    const { status, stdout } = check();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^0\.\d kB gzip of JavaScript before the engine starts; the limit is 200\.0 kB/);
  });

  it('fails over the limit and names the files, largest first', () => {
    write({ ...built, [SHARED]: `"${randomBytes(210_000).toString('latin1')}"` });
    const { status, stderr } = check();
    expect(status).toBe(1);
    expect(stderr.trimStart()).toMatch(/^\d+\.\d kB {2}_app\/immutable\/chunks\/a\.js/);
  });
});
