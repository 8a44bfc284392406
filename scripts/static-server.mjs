import { createServer } from 'node:http';
import sirv from 'sirv';
import { isolationHeaders } from './isolation-headers.mjs';

/**
 * Serves a built folder as any static host would, with the headers that allow threads.
 *
 * @param {string} folder
 * @returns {import('node:http').Server} not listening yet
 */
export function staticServer(folder) {
  const serveFile = sirv(folder, {
    etag: true,
    gzip: true,
    setHeaders(response) {
      for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
    }
  });
  return createServer((request, response) => {
    serveFile(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain', ...isolationHeaders });
      response.end('Not found');
    });
  });
}
