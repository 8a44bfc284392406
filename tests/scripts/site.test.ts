import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withApiPolicy } from '../../scripts/api-reference.mjs';
import { cellsPage } from '../../scripts/cells-sandbox/page.mjs';
import { filesOfVersion, writeKeptSet } from '../../scripts/kept-set.mjs';
import { writePolicies } from '../../scripts/page-policy.mjs';
import { addedHeaders, headersOf, policyOf } from '../../scripts/site-headers.mjs';

const SCRIPT = "alert('one')";
const PAGE = `<html><head><script>${SCRIPT}</script>
<meta http-equiv="content-security-policy" content="script-src 'self' 'sha256-old='; style-src 'self'"></head></html>`;
const FILES: Record<string, string> = {
  'index.html': PAGE,
  'models/index.html': PAGE,
  'service-worker.js': 'set(self.__WB_MANIFEST)',
  '_app/version.json': '{}',
  '_app/immutable/a b.js': 'code',
  '_app/immutable/a b.js.br': 'packed',
  '_app/immutable/assets/answers.Ab12.json': '{}',
  'gallery/index.html': PAGE,
  'models/models.json': JSON.stringify({
    default: 'nano',
    models: [
      { name: 'nano', folder: 'nano-1' },
      { name: 'small', folder: 'small', withPages: true },
      { name: 'gpt2', folder: 'gpt2' },
      { name: 'far' }
    ]
  }),
  'models/small/config.json': '{}',
  'models/nano-1/config.json': '{}',
  'models/gpt2/config.json': '{}'
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

let folder: string;
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (let twice = 0; twice < 2; twice++) writePolicies(folder);
  writeKeptSet(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the policy of a page', () => {
  it('names the scripts that stand in it, and comes before them', () => {
    const html = read('index.html');
    expect(policyOf(html)).toBe(`script-src 'self' 'sha256-${sha256(SCRIPT)}'; style-src 'self'`);
    expect(html.indexOf('content-security-policy')).toBeLessThan(html.indexOf('<script>'));
  });

  it('lets other sites show the embedded views, and no other page', () => {
    const ancestors = (path: string) =>
      /frame-ancestors (.*)$/.exec(headersOf(path, read('index.html'))['Content-Security-Policy'])?.[1];
    expect(['/', '/models/', '/embedded/'].map(ancestors)).toEqual(["'self'", "'self'", "'self'"]);
    expect(['/embed/', '/a/b/embed/attention/'].map(ancestors)).toEqual(['*', '*']);
    expect(headersOf('/embed/')['Cross-Origin-Resource-Policy']).toBe('cross-origin');
    expect(headersOf('/lens/_app/immutable/chunks/a.js')).toMatchObject({
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Access-Control-Allow-Origin': '*'
    });
    expect(headersOf('/lessons/')['Cross-Origin-Resource-Policy']).toBe('same-origin');
    expect(headersOf('/lessons/')['Access-Control-Allow-Origin']).toBeUndefined();
  });

  it("lets text be run as code in the cells' page alone, which reaches nothing", () => {
    const policy = (path: string, html?: string) => headersOf(path, html)['Content-Security-Policy'];
    const cells = policy('/a/b/cells/', cellsPage());
    expect(cells).toContain("'unsafe-eval'");
    expect(cells).toContain("connect-src 'none';");
    expect(cells).toMatch(/; sandbox allow-scripts$/);
    expect(policy('/_app/immutable/workers/engine.worker-Ab12.js')).not.toContain("'unsafe-eval'");
    expect(addedHeaders('/a/b/cells/')['Content-Security-Policy']).toBe('sandbox allow-scripts');
    expect(addedHeaders('/lessons/')['Content-Security-Policy']).toBeUndefined();
  });

  it.each([
    ['engine.worker-Ab12.js', '', "'self'"],
    ['engine.worker-Ab12.js', '?from=https://a.example', "'self'"],
    ['chunks/wasm-1.js', '', "'self'"],
    ['../../../service-worker.js', '', "'self'"],
    ['hub.worker-Ab12.js', '?from=https%3A%2F%2Fa.example%3A81', 'https://a.example:81'],
    [
      'hub.worker-Ab12.js',
      '?from=https://a.example&files=hub',
      'https://a.example https://*.hf.co https://*.huggingface.co'
    ],
    ['hub.worker-Ab12.js', '?from=http://[::1]:81', 'http:'],
    ['hub.worker-Ab12.js', '', "'none'"],
    ['hub.worker-Ab12.js', "?from=https://a.example;script-src 'unsafe-eval'", "'none'"],
    ['hub.worker-Ab12.js', '?from=https://a.example *', "'none'"],
    ['hub.worker-Ab12.js', '?from=https:', "'none'"]
  ])('lets the worker %s%s ask %s', (script, query, hosts) => {
    const path = new URL(script, 'http://host/a/b/_app/immutable/workers/').pathname;
    const policy = headersOf(path, null, query)['Content-Security-Policy'];
    expect(/connect-src ([^;]*);/.exec(policy)?.[1]).toBe(hosts);
    expect(addedHeaders(path, query)['Content-Security-Policy']).toBe(policy);
  });

  it("names the script of the cells' page by its hash", () => {
    const [, script] = /<script>([\s\S]*)<\/script>/.exec(cellsPage())!;
    expect(policyOf(cellsPage())).toContain(`'sha256-${sha256(script)}'`);
  });

  it('is for pages and workers only', () => {
    expect(headersOf('/_app/immutable/chunks/a.js')['Content-Security-Policy']).toBeUndefined();
  });
});

describe('the files of a version', () => {
  it('are all but what the server needs, the gallery, and models that are not embedded', () => {
    expect(filesOfVersion(folder)).toEqual([
      '_app/immutable/a b.js',
      'index.html',
      'models/index.html',
      'models/models.json',
      'models/nano-1/config.json',
      'models/small/config.json'
    ]);
  });

  it('are named to the service worker by address and hash', () => {
    const entries = JSON.parse(read('service-worker.js').slice('set('.length, -1)) as object[];
    const entry = (url: string, text: string) => ({
      url,
      revision: sha256(text),
      integrity: `sha256-${sha256(text)}`
    });
    expect(entries).toContainEqual(entry('./_app/immutable/a%20b.js', 'code'));
    expect(entries).toContainEqual(entry('./models/', read('models/index.html')));
    expect(entries).toContainEqual(entry('./', read('index.html')));
  });
});

describe('withApiPolicy(html)', () => {
  it('lets a page of the API reference run its own files and the script that stands in it, and fetch nothing', () => {
    const html = withApiPolicy(`<html><head></head><body><script>${SCRIPT}</script></body></html>`);
    expect(policyOf(html)).toBe(
      `default-src 'none'; script-src 'self' 'sha256-${sha256(SCRIPT)}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; ` +
        "base-uri 'none'; form-action 'none'"
    );
    expect(html.indexOf('<meta')).toBeLessThan(html.indexOf('<script'));
  });
});
