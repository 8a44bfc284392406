import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { staticServer } from '../../scripts/static-server.mjs';

const TEXT = 'one two three';
const SCRIPT = `export const words = '${'lens '.repeat(500)}';`;
const LARGE_BYTES = 8_000_000;
const ABORTED = 300;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let folder: string;
let outside: string;
let server: Server;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  mkdirSync(join(folder, 'models'));
  mkdirSync(join(folder, '_app/immutable'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>lens</title>');
  writeFileSync(join(folder, 'models/index.html'), '<!doctype html><title>models</title>');
  writeFileSync(join(folder, 'a b#c?.txt'), TEXT);
  writeFileSync(join(folder, 'plain.txt'), TEXT);
  writeFileSync(join(folder, 'large.bin'), Buffer.alloc(LARGE_BYTES));
  writeFileSync(join(folder, '_app/immutable/app.js'), SCRIPT);
  writeFileSync(join(folder, '_app/immutable/app.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, '_app/immutable/app.js.gz'), gzipSync(SCRIPT));
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
  symlinkSync(outside, join(folder, 'linked'));
  symlinkSync(join(folder, 'plain.txt'), join(folder, 'inside.txt'));
  server = staticServer(folder);
  port = await listen(server);
});
afterAll(() => {
  server.close();
  for (const made of [folder, outside]) rmSync(made, { recursive: true, force: true });
});

async function listen(one: Server): Promise<number> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return (one.address() as AddressInfo).port;
}

/** One request as it is written: the path is not tidied up. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', at = port): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: at, path, headers, method, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) })
      );
      response.on('error', reject);
    });
    sent.on('error', reject).end();
  });
}

const range = (value: string) => ask('/plain.txt', { Range: `bytes=${value}` });

describe('parts of a file', () => {
  it.each([
    ['0-0', 'o', 'bytes 0-0/13'],
    ['4-6', 'two', 'bytes 4-6/13'],
    ['8-', 'three', 'bytes 8-12/13'],
    ['-5', 'three', 'bytes 8-12/13'],
    ['0-99999999999999999999', TEXT, 'bytes 0-12/13']
  ])('bytes=%s gives exactly these bytes', async (asked, text, contentRange) => {
    const { status, headers, body } = await range(asked);
    expect([status, headers['content-range'], body.toString()]).toEqual([206, contentRange, text]);
  });

  it('where the part begins after the end: 416 with the length', async () => {
    const { status, headers } = await range('99-');
    expect([status, headers['content-range']]).toEqual([416, 'bytes */13']);
  });

  it.each(['5-2', 'a-b', '', '--', '0-1,3-4'])(
    'bytes=%s is not understood, and the server lives',
    async (asked) => {
      expect([200, 416]).toContain((await range(asked)).status);
      expect((await ask('/plain.txt')).status).toBe(200);
    }
  );

  it('If-Range with another ETag gives the whole file', async () => {
    const { status, body } = await ask('/plain.txt', { Range: 'bytes=0-0', 'If-Range': '"other"' });
    expect([status, body.toString()]).toEqual([200, TEXT]);
  });
});

describe('compressed copies', () => {
  const script = (accepted: string, more = {}) =>
    ask('/_app/immutable/app.js', { ...(accepted ? { 'Accept-Encoding': accepted } : {}), ...more });

  it('brotli first, then gzip, else the file itself, always as a script and with Vary', async () => {
    const [brotli, gzip, plain] = await Promise.all(
      ['gzip, deflate, br', 'gzip', ''].map((one) => script(one))
    );
    expect(brotliDecompressSync(brotli.body).toString()).toBe(SCRIPT);
    expect(gunzipSync(gzip.body).toString()).toBe(SCRIPT);
    expect(plain.body.toString()).toBe(SCRIPT);
    expect([brotli, gzip, plain].map(({ headers }) => headers['content-encoding'])).toEqual([
      'br',
      'gzip',
      undefined
    ]);
    for (const { headers } of [brotli, gzip, plain]) {
      expect(headers['content-type']).toMatch(/^text\/javascript/);
      expect(headers.vary).toBe('Accept-Encoding');
    }
    expect(new Set([brotli, gzip, plain].map(({ headers }) => headers.etag)).size).toBe(3);
  });

  it('not one that the browser refuses, and none of a part', async () => {
    expect((await script('br;q=0, gzip;q=0.5')).headers['content-encoding']).toBe('gzip');
    const part = await script('br', { Range: 'bytes=0-5' });
    expect([part.headers['content-encoding'], part.body.toString()]).toEqual([undefined, SCRIPT.slice(0, 6)]);
  });

  it('of what has not changed nothing is sent again', async () => {
    const { headers } = await script('br');
    const again = await script('br', { 'If-None-Match': headers.etag! });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });
});

describe('what may be asked for', () => {
  it('pages of folders, and names with letters that an address writes otherwise', async () => {
    expect((await ask('/')).body.toString()).toContain('lens');
    expect((await ask('/models/')).body.toString()).toContain('models');
    expect((await ask('/a%20b%23c%3F.txt')).body.toString()).toBe(TEXT);
    expect((await ask('/index.html')).status).toBe(200);
    expect((await ask('/inside.txt')).body.toString()).toBe(TEXT);
  });

  it('a folder without its last slash leads to it, with its query, and never to another host', async () => {
    const { status, headers } = await ask('/models?model=a');
    expect([status, headers.location]).toEqual([301, '/models/?model=a']);
    for (const path of [
      '//models',
      '//other.example/..',
      '/\\other.example/..',
      '//other.example/%2e%2e/models'
    ])
      expect((await ask(path)).headers.location ?? '/').toMatch(/^\/(?![/\\])/);
  });

  it.each([
    '/link.txt',
    '/linked/secret.txt',
    '/linked/',
    '/../secret.txt',
    '/..%2f..%2fetc/passwd',
    '/%5c..%5csecret',
    '/none'
  ])('%s is not there', async (path) => {
    const { status, body } = await ask(path);
    expect([status, body.toString()]).toEqual([404, 'There is nothing at this address.\n']);
  });

  it.each(['/%', '/%00', '/%ff'])('%s is no address', async (path) => {
    expect((await ask(path)).status).toBe(400);
  });

  it.each(['PUT', 'DELETE', 'TRACE', 'POST', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
    const { status, headers } = await ask('/plain.txt', {}, method);
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('HEAD gives the headers alone', async () => {
    const { status, headers, body } = await ask('/plain.txt', {}, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, '13', 0]);
  });

  it('what is hashed is kept for good, all else asked for again', async () => {
    expect((await ask('/_app/immutable/app.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable'
    );
    expect((await ask('/')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/_app/immutable/none.js')).headers['cache-control']).toBe('no-store');
  });
});

describe('what happens while it runs', () => {
  it('a file that is removed is not there any more, one that is added is', async () => {
    writeFileSync(join(folder, 'passing.txt'), TEXT);
    expect((await ask('/passing.txt')).status).toBe(200);
    unlinkSync(join(folder, 'passing.txt'));
    expect((await ask('/passing.txt')).status).toBe(404);
  });

  it.runIf(process.platform === 'linux')(`${ABORTED} aborted downloads leave no file open`, async () => {
    const openFiles = () => readdirSync('/proc/self/fd').length;
    const before = openFiles();
    for (let n = 0; n < ABORTED; n++) {
      const socket = connect(port, '127.0.0.1');
      socket.write('GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await once(socket, 'data');
      socket.destroy();
    }
    await expect.poll(openFiles, { timeout: 10_000 }).toBeLessThan(before + 20);
    expect((await ask('/large.bin')).body.length).toBe(LARGE_BYTES);
  });

  it('serves several folders under paths of their own, and folders without redirects where told', async () => {
    const other = staticServer([{ folder, prefix: '/a/b/' }], { redirectFolders: false });
    const at = await listen(other);
    expect((await ask('/a/b/models', {}, 'GET', at)).body.toString()).toContain('models');
    expect((await ask('/a/b/plain.txt', {}, 'GET', at)).body.toString()).toBe(TEXT);
    expect((await ask('/plain.txt', {}, 'GET', at)).status).toBe(404);
    other.close();
  });
});

describe('npm run serve', () => {
  const root = new URL('../..', import.meta.url).pathname;
  const SERVE = join(root, 'scripts/serve.mjs');

  /** Runs it beside a built page. */
  function start(environment: Record<string, string>) {
    mkdirSync(join(folder, 'build'), { recursive: true });
    writeFileSync(join(folder, 'build/index.html'), 'built');
    return spawn(process.execPath, [SERVE], { cwd: folder, env: { ...process.env, ...environment } });
  }
  /** Runs it until it says something or ends. */
  async function serve(environment: Record<string, string>) {
    const child = start(environment);
    const said = await new Promise<string>((resolve) => {
      child.stdout.once('data', (text: Buffer) => resolve(text.toString()));
      child.stderr.once('data', (text: Buffer) => resolve(text.toString()));
    });
    return { child, said };
  }
  const end = async (child: ChildProcess) => {
    child.kill();
    return child.exitCode ?? (await once(child, 'exit'))[0];
  };

  it.each(['abc', '-1', '70000', '80.5', ''])('PORT=%s is refused in a line', async (wrong) => {
    const { code, stderr } = await new Promise<{ code: number; stderr: string }>((resolve) => {
      execFile(process.execPath, [SERVE], { env: { ...process.env, PORT: wrong } }, (error, _, stderr) =>
        resolve({ code: Number(error?.code), stderr })
      );
    });
    expect(code).toBe(2);
    expect(stderr).toBe(
      `serve: PORT must be a whole number from 0 to 65535, got "${wrong}". Try PORT=4174 npm start.\n`
    );
  });

  it('a taken port and an address of another computer are named', async () => {
    const other = createServer();
    const { said } = await serve({ PORT: String(await listen(other)) });
    expect(said).toMatch(/port \d+ is taken\. Choose another one: PORT=4174 npm start/);
    other.close();
    expect((await serve({ PORT: '0', HOST: '192.0.2.1' })).said).toContain(
      'HOST must be an address of this computer'
    );
  });

  it('serves on where nobody reads what it says', async () => {
    const other = createServer();
    const at = await listen(other);
    await new Promise((resolve) => other.close(resolve));
    const child = start({ PORT: String(at) });
    child.stdout.destroy(); // as "| true" does
    const answer = await vi.waitFor(() => ask('/', {}, 'GET', at), { timeout: 10_000, interval: 100 });
    expect(answer.body.toString()).toBe('built');
    expect(child.exitCode).toBeNull();
    await end(child);
  });

  it('answers this computer alone, others only where HOST says so', async () => {
    const listening = (child: ChildProcess, at: number) =>
      new Promise<boolean>((resolve) => {
        const socket = connect(at, '127.0.0.2'); // another address of this computer: what listens on all hears it
        socket.on('connect', () => (socket.destroy(), resolve(true)));
        socket.on('error', () => resolve(false));
      });
    for (const [HOST, heard] of [
      ['', false],
      ['0.0.0.0', true]
    ] as const) {
      const { child, said } = await serve({ PORT: '0', ...(HOST ? { HOST } : {}) });
      const at = Number(/http:\/\/localhost:(\d+)/.exec(said)![1]);
      expect((await ask('/', {}, 'GET', at)).body.toString()).toBe('built');
      if (process.platform === 'linux') expect(await listening(child, at)).toBe(heard);
      await end(child);
    }
  });
});
