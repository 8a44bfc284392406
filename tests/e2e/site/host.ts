/** A web host as the page may meet one: with the headers and the place it gives, a newer version, and its bad days. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { headersOf } from '../../../scripts/site-headers.mjs';
import { staticServer } from '../../../scripts/static-server.mjs';

/** How long browsers may keep files: as our own server says, nothing said, always to be asked for, never kept, ten minutes. */
export type Keeping = 'ours' | 'nothing' | 'no-cache' | 'no-store' | 'max-age=600';

export interface HostOptions {
  readonly keeping?: Keeping;
  /** Path of the site, with a slash at both ends. */
  readonly prefix?: string;
  /** false: no headers but those that each file has; folders are answered without a redirect. */
  readonly tells?: boolean;
}

/** What the host does in place of answering. */
export type Trouble = 'silent' | 'busy' | 'sign-in';

const SIGN_IN = '<!doctype html><title>Welcome to the train</title><h1>Sign in to go on</h1>';

export class Host {
  readonly #server: Server;
  readonly #options: HostOptions;
  #site: Server;
  trouble: Trouble | null = null;
  /** Paths that were asked for, one after another. */
  readonly asked: string[] = [];
  /** Where the site is, without a slash at the end; '' before its start. */
  origin = '';

  constructor(folder: string, options: HostOptions = {}) {
    this.#options = options;
    this.#site = this.#serve(folder);
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  #serve(folder: string): Server {
    const { keeping = 'ours', prefix = '/', tells = true } = this.#options;
    return staticServer([{ folder, prefix }], {
      redirectFolders: tells,
      headers: (path, html) => {
        const { 'Cache-Control': ours, ...others } = headersOf(path, html);
        const said = keeping === 'ours' ? ours : keeping;
        return { ...(tells ? others : {}), ...(keeping === 'nothing' ? {} : { 'Cache-Control': said }) };
      }
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(new URL(request.url!, 'http://localhost').pathname);
    if (this.trouble === 'silent') return;
    if (this.trouble === null) return void this.#site.emit('request', request, response);
    const status = this.trouble === 'busy' ? 503 : 200;
    response.writeHead(status, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=600' });
    response.end(SIGN_IN);
  }

  /** Puts another build in the place of the one that was served. */
  deploy(folder: string): void {
    this.#site = this.#serve(folder);
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    this.origin = `http://localhost:${port}${(this.#options.prefix ?? '/').slice(0, -1)}`;
  }

  /** From here on nothing answers. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
