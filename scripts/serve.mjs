/** Serves build/ on http://localhost:4173, or on the port in PORT. */
import { existsSync } from 'node:fs';
import { staticServer } from './static-server.mjs';

const DEFAULT_PORT = 4173;

if (!existsSync('build/index.html')) {
  process.stderr.write('Nothing is built yet. Run npm start.\n');
  process.exit(1);
}
const port = Number(process.env.PORT ?? DEFAULT_PORT);
const server = staticServer('build');
server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  const reason = error.code === 'EADDRINUSE' ? `port ${port} is taken` : error.message;
  process.stderr.write(`Cannot serve: ${reason}. Choose another one: PORT=4174 npm start\n`);
  process.exit(1);
});
server.listen(port, () => process.stdout.write(`GPT-2 Lens is on http://localhost:${port}\n`));
