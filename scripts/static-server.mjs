import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve, sep } from 'node:path';
import { contentType } from 'mime-types';
import send from 'send';
import { headersOf } from './site-headers.mjs';

/** What the build keeps beside a file, best first: the file's encoding by its ending. */
const ENCODINGS = { '.br': 'br', '.gz': 'gzip' };
const METHODS = ['GET', 'HEAD'];

/**
 * @typedef {object} Mount
 * @property {string} folder
 * @property {string} [prefix] path under which it is served, with a slash at both ends; "/" unless told
 */

/**
 * @typedef {object} ServerOptions
 * @property {(path: string, html: string | null, query: string) => Record<string, string>} [headers] what goes with the
 *   answer for a path inside the mount, and for a page with its text
 * @property {boolean} [redirectFolders] false: `/models` is answered with the page of `/models/`, as some hosts do
 */

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/**
 * Serves built folders as any static host would, with the headers that allow threads and keep others out. Files are
 * looked for at each request, so one that is removed or replaced while the server runs is answered as it is then.
 *
 * @param {string | readonly Mount[]} served a folder, or several, the first that fits the path
 * @param {ServerOptions} [options]
 * @returns {import('node:http').Server} not listening yet
 */
export function staticServer(served, options = {}) {
  const mounts = typeof served === 'string' ? [{ folder: served }] : served;
  const sites = mounts.map((mount) => new Site(mount, options));
  return createServer((request, response) => {
    answer(sites, request, response).catch(() => refuse(response, 500));
  });
}

/** @param {readonly Site[]} sites @param {Request} request @param {Response} response */
async function answer(sites, request, response) {
  if (!METHODS.includes(request.method ?? '')) {
    response.setHeader('Allow', METHODS.join(', '));
    return refuse(response, 405);
  }
  const path = pathOf(request);
  if (path === null) return refuse(response, 400);
  const site = sites.find(({ prefix }) => path.startsWith(prefix));
  return site ? site.answer(request, response, path.slice(site.prefix.length - 1)) : refuse(response, 404);
}

/** One folder and its place. */
class Site {
  #root;
  #options;

  /** @param {Mount} mount @param {ServerOptions} options */
  constructor({ folder, prefix = '/' }, options) {
    this.prefix = prefix;
    this.#root = resolve(folder);
    this.#options = options;
  }

  /** @param {Request} request @param {Response} response @param {string} path from the folder on, decoded */
  async answer(request, response, path) {
    const { headers = headersOf, redirectFolders = true } = this.#options;
    const file = path.endsWith('/') ? `${path}index.html` : path;
    if (!(await this.#isInside(file))) return refuse(response, 404);
    const html = file.endsWith('.html') ? await readFile(join(this.#root, file), 'utf8') : null;
    for (const [name, value] of Object.entries(headers(path, html, queryOf(request))))
      response.setHeader(name, value);
    const ending = this.#encoded(request, response, file);
    const stream = send(request, encodeURI(file).replace(/[?#]/g, encodeURIComponent) + ending, {
      root: this.#root,
      index: false,
      cacheControl: false // headersOf says it
    });
    stream.on('directory', () => {
      if (redirectFolders) redirect(response, folderAddress(request));
      else void this.answer(request, response, `${path}/`);
    });
    stream.on('error', (/** @type {{ status?: number }} */ error) => refuse(response, error.status ?? 500));
    stream.pipe(response);
  }

  /** False for what is not there and for links that lead out of the folder. @param {string} path */
  async #isInside(path) {
    try {
      const [root, file] = await Promise.all([realpath(this.#root), realpath(join(this.#root, path))]);
      return file === root || file.startsWith(root + sep);
    } catch {
      return false;
    }
  }

  /**
   * Ending of the smaller copy that this browser may be sent, '' for the file itself. Parts are parts of the file itself.
   *
   * @param {Request} request @param {Response} response @param {string} path
   */
  #encoded(request, response, path) {
    const copies = Object.entries(ENCODINGS).filter(([ending]) =>
      existsSync(join(this.#root, path + ending))
    );
    if (copies.length === 0) return '';
    response.setHeader('Vary', 'Accept-Encoding');
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const found = copies.find(([, encoding]) => accepts(accepted, encoding));
    if (!found || request.headers.range !== undefined) return '';
    response.setHeader('Content-Encoding', found[1]);
    response.setHeader(
      'Content-Type',
      contentType(path.slice(path.lastIndexOf('/') + 1)) || 'application/octet-stream'
    );
    return found[0];
  }
}

/** `accepts('gzip, br;q=0', 'br')` is false. @param {string} header Accept-Encoding @param {string} encoding */
function accepts(header, encoding) {
  return header.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

/** The path that is asked for, decoded; null if it cannot be one. @param {Request} request */
function pathOf(request) {
  try {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

/** From the `?` on; '' where there is none. @param {Request} request */
const queryOf = ({ url = '' }) => /\?.*$/.exec(url)?.[0] ?? '';

/** The same address with a slash at its end; on this host, however many slashes it begins with. @param {Request} request */
function folderAddress(request) {
  const [, path, query = ''] = /^([^?]*)(\?.*)?$/.exec(request.url ?? '') ?? [];
  return `/${(path ?? '').replace(/^[/\\]+/, '')}/${query}`;
}

/** @param {Response} response @param {string} address */
function redirect(response, address) {
  response.writeHead(301, { Location: address });
  response.end();
}

/** @param {Response} response @param {number} status */
function refuse(response, status) {
  if (response.headersSent) {
    response.destroy(); // the rest is missing, and the browser must notice
    return;
  }
  for (const name of ['Content-Encoding', 'Content-Length', 'ETag', 'Last-Modified', 'Cache-Control'])
    response.removeHeader(name);
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${MESSAGES[status] ?? 'This request cannot be answered.'}\n`);
}

/** @type {Record<number, string>} */
const MESSAGES = {
  400: 'The address is not one.',
  404: 'There is nothing at this address.',
  405: 'Only GET and HEAD are answered.',
  416: 'The file has no such part.',
  500: 'The file could not be read.'
};
