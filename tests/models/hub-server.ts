/**
 * A server that behaves as a model hub does, and misbehaves as told: redirects, Range and If-Range, ETags, slow answers,
 * connections that break, wrong bytes, refusals.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FolderFiles } from './tiny-folder.ts';

/** How a file is served, from now on. */
export interface Behaviour {
  /** Answer with this status instead; `times` answers, then as usual (all, if left out); from the one `after` so many. */
  readonly status?: { readonly code: number; readonly times?: number; readonly after?: number };
  /** Close the connection when the byte at this place of the file would be sent; once each. */
  readonly cuts?: readonly number[];
  /** Send nothing from this byte of the file on, and leave the connection open: the reader is never done by itself. */
  readonly holdAt?: number;
  /** Bytes as they arrive: the first `times` answers have the byte at `at` changed (all, if left out). */
  readonly wrongByte?: { readonly at: number; readonly times?: number };
  /** false: parts cannot be had. */
  readonly range?: boolean;
  /** false: no ETag. */
  readonly etag?: boolean;
  /** Pause between two chunks of `chunkBytes`, ms. */
  readonly pause?: number;
  readonly chunkBytes?: number;
  /** Answer with a redirect to another address of this server first, as a hub's storage does. */
  readonly redirect?: boolean;
  /** false: nobody says the length. */
  readonly length?: boolean;
  /** Headers of every answer beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Send it compressed by gzip, as some hubs do with JSON; parts cannot be had then. */
  readonly gzip?: boolean;
  /** Bytes that stand in each part before the ones that were asked for, though its Content-Range does not say so. */
  readonly shift?: number;
  /** SHA-256 that the hub says of it: beside the bytes, to who asks for facts alone, or in its pointer file. */
  readonly linked?: { readonly by: 'header' | 'facts' | 'pointer'; readonly sha256: string };
  /** Say nothing for so long before the answer, ms; the first `times` answers (all, if left out). */
  readonly silent?: { readonly ms: number; readonly times?: number };
}

/** A request as it came. */
export interface Asked {
  readonly file: string;
  readonly range: string | null;
  readonly ifRange: string | null;
}

const DEFAULT_CHUNK = 16_384;

export class HubServer {
  readonly asked: Asked[] = [];
  /** Bytes that were sent of each file. */
  readonly sent = new Map<string, number>();
  readonly #server: Server;
  readonly #behaviours = new Map<string, Behaviour>();
  #files: FolderFiles;
  #counts = new Map<string, number>();

  private constructor(files: FolderFiles) {
    this.#files = files;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(files: FolderFiles, port = 0): Promise<HubServer> {
    const hub = new HubServer(files);
    await new Promise<void>((resolve) => hub.#server.listen(port, '127.0.0.1', resolve));
    return hub;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Address of the folder. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/owner/model/resolve/main/`;
  }

  /** Address of the hub itself, as a mirror would be given. */
  get base(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Serves a file in this way from now on. */
  behave(file: string, behaviour: Behaviour): void {
    this.#behaviours.set(file, behaviour);
    this.#counts = new Map();
  }

  /** Publishes other files: another ETag, other bytes. */
  replace(files: FolderFiles): void {
    this.#files = files;
  }

  forget(): void {
    this.asked.length = 0;
    this.sent.clear();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Counts up; true while fewer than `times` were counted. */
  #once(key: string, times = Infinity): boolean {
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    return count < times;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = request.url!.split('/').at(-1)!.split('?')[0];
    const { range = null } = request.headers;
    const behaviour = this.#behaviours.get(file) ?? {};
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader(
      'Access-Control-Expose-Headers',
      'ETag, Content-Range, Accept-Ranges, X-Linked-ETag, X-Linked-Size, Retry-After, X-Error-Code'
    );
    if (request.method === 'OPTIONS') return void response.writeHead(405).end();
    if (behaviour.redirect && !request.url!.startsWith('/storage/')) {
      response.writeHead(302, { Location: `/storage/blob/${file}?signed=1` });
      return void response.end();
    }
    for (const [name, value] of Object.entries(behaviour.headers ?? {})) response.setHeader(name, value);
    if (this.#answerFacts(file, request, response, behaviour)) return;
    this.asked.push({ file, range, ifRange: (request.headers['if-range'] as string) ?? null });
    const { status } = behaviour;
    const isEarly = status?.after !== undefined && this.#once(`${file} early`, status.after);
    const refused = status && !isEarly && this.#once(`${file} status`, status.times) ? status.code : null;
    const bytes = this.#files[file];
    if (refused ?? !bytes) return void response.writeHead(refused ?? 404).end('no');
    await this.#send(file, this.#bytesOf(file, bytes, behaviour), request, response, behaviour);
  }

  /** What is asked beside the bytes: true if this was such a question, answered. */
  #answerFacts(
    file: string,
    { url = '', headers }: IncomingMessage,
    response: ServerResponse,
    { linked }: Behaviour
  ): boolean {
    const bytes = this.#files[file]?.length;
    if (linked?.by === 'header') response.setHeader('X-Linked-ETag', `"${linked.sha256}"`);
    if (headers.accept?.includes('vnd.xet-fileinfo+json')) {
      const facts = linked?.by === 'facts' ? linked : null;
      if (facts) response.setHeader('X-Linked-ETag', `"${facts.sha256}"`).setHeader('X-Linked-Size', bytes);
      response.writeHead(facts ? 200 : 404).end('{}');
      return true;
    }
    if (!url.includes('/raw/')) return false;
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${linked?.sha256}\nsize ${bytes}\n`;
    response.writeHead(linked?.by === 'pointer' ? 200 : 404).end(linked?.by === 'pointer' ? pointer : 'no');
    return true;
  }

  #bytesOf(file: string, bytes: Uint8Array, { wrongByte }: Behaviour): Uint8Array {
    if (!wrongByte || !this.#once(`${file} wrong`, wrongByte.times)) return bytes;
    const wrong = bytes.slice();
    wrong[wrongByte.at] ^= 1;
    return wrong;
  }

  async #send(
    file: string,
    bytes: Uint8Array,
    request: IncomingMessage,
    response: ServerResponse,
    behaviour: Behaviour
  ): Promise<void> {
    const etag = `"${createHash('sha256').update(this.#files[file]).digest('hex').slice(0, 16)}"`;
    if (behaviour.etag !== false) response.setHeader('ETag', etag);
    const ifRange = request.headers['if-range'];
    const wanted = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const { gzip = false, shift = 0, silent } = behaviour;
    if (silent && this.#once(`${file} silent`, silent.times)) {
      await new Promise((resolve) => setTimeout(resolve, silent.ms));
    }
    if (gzip) {
      const packed = gzipSync(bytes);
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': packed.length });
      return void response.end(packed);
    }
    const isPart = wanted !== null && behaviour.range !== false && (!ifRange || ifRange === etag);
    const begin = isPart ? Number(wanted[1]) : 0;
    const end = isPart && wanted[2] ? Math.min(Number(wanted[2]) + 1, bytes.length) : bytes.length;
    if (isPart) response.setHeader('Content-Range', `bytes ${begin}-${end - 1}/${bytes.length}`);
    if (behaviour.length !== false) response.setHeader('Content-Length', end - begin);
    response.writeHead(isPart ? 206 : 200, behaviour.headers);
    const { chunkBytes = DEFAULT_CHUNK, pause = 0, holdAt = Infinity } = behaviour;
    const cut = behaviour.cuts?.find(
      (at) => at >= begin && at < end && !this.#counts.has(`${file} cut ${at}`)
    );
    const stop = Math.min(cut ?? end, holdAt);
    for (let at = begin; at < stop && !response.destroyed; at += chunkBytes) {
      const back = isPart && begin > 0 ? shift : 0;
      const chunk = bytes.subarray(at - back, Math.min(at + chunkBytes, stop) - back);
      this.sent.set(file, (this.sent.get(file) ?? 0) + chunk.length);
      await new Promise((resolve) => response.write(chunk, resolve));
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    if (stop === holdAt) return;
    if (cut === undefined) return void response.end();
    this.#counts.set(`${file} cut ${cut}`, 1);
    response.destroy();
  }
}
