/** Serves build/ on http://localhost:4173, or on the port in PORT; to this computer only, unless HOST says otherwise. */
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { staticServer } from './static-server.mjs';

const DEFAULT_PORT = '4173';
const LARGEST_PORT = 65_535;
const THIS_COMPUTER = '127.0.0.1';
const USAGE_EXIT = 2;
const EVERY_ADDRESS = ['0.0.0.0', '::'];

const { PORT = DEFAULT_PORT, HOST = THIS_COMPUTER } = process.env;
const port = /^\d+$/.test(PORT) ? Number(PORT) : NaN;
if (!(port <= LARGEST_PORT)) {
  stop(
    `serve: PORT must be a whole number from 0 to ${LARGEST_PORT}, got "${PORT}". Try PORT=4174 npm start.`,
    USAGE_EXIT
  );
}
if (!existsSync('build/index.html')) stop('Nothing is built yet. Run npm start.');

process.stdout.on('error', () => {}); // nobody reads its lines any more: it serves all the same
const server = staticServer('build');
server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => stop(adviceFor(error)));
server.listen(port, HOST, () => {
  const bound = server.address();
  const taken = typeof bound === 'object' && bound !== null ? bound.port : port;
  for (const address of addresses()) process.stdout.write(`GPT-2 Lens is on http://${address}:${taken}\n`);
});

/** Where the page can be opened: this computer, and with HOST=0.0.0.0 every address that it has on its networks. */
function addresses() {
  if (HOST === THIS_COMPUTER) return ['localhost'];
  if (!EVERY_ADDRESS.includes(HOST)) return [HOST.includes(':') ? `[${HOST}]` : HOST];
  const others = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return [
    'localhost',
    ...others.filter((one) => one.family === 'IPv4' && !one.internal).map((one) => one.address)
  ];
}

/** @param {NodeJS.ErrnoException} error */
function adviceFor({ code, message }) {
  if (code === 'EADDRINUSE')
    return `Cannot serve: port ${port} is taken. Choose another one: PORT=4174 npm start`;
  if (code === 'EACCES')
    return `Cannot serve: port ${port} is not allowed. Choose another one: PORT=4174 npm start`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `serve: HOST must be an address of this computer, got "${HOST}". Try HOST=0.0.0.0 npm start.`;
  return `Cannot serve: ${message}`;
}

/** @param {string} sentence @param {number} [code] @returns {never} */
function stop(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}
