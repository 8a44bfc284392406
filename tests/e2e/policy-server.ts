/** The build as `npm start` serves it, with an ear for what browsers report against its Content-Security-Policy. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { headersOf } from '../../scripts/site-headers.mjs';
import { staticServer } from '../../scripts/static-server.mjs';

const REPORT = '/policy-report';
/** Gives the reports since the last time that it was asked, as JSON. */
export const REPORTS = '/policy-reports';
const POLICY = 'Content-Security-Policy';

export function watchedServer(folder: string): Server {
  const reports: string[] = [];
  const site = staticServer(folder, {
    headers: (path, html, query) => {
      const headers = headersOf(path, html, query);
      const policy = headers[POLICY];
      return policy ? { ...headers, [POLICY]: `${policy}; report-uri ${REPORT}` } : headers;
    }
  });
  return createServer((request, response) => {
    if (request.url === REPORT) {
      void textOf(request).then((text) => reports.push(text));
      response.writeHead(204).end();
    } else if (request.url === REPORTS) {
      response.end(JSON.stringify(reports.splice(0)));
    } else site.emit('request', request, response);
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
