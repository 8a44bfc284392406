import { createHash } from 'node:crypto';
import { cellsPolicy } from '../site-headers.mjs';
import { startCells } from './frame.mjs';

/** The page in which the cells' worker is started; its only script stands in it, and its policy names that by its hash. */
export function cellsPage() {
  const script = `(${startCells})()`;
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `<meta http-equiv="content-security-policy" content="${cellsPolicy(`'sha256-${hash}'`)}">`;
  const head = `<meta charset="utf-8">\n    ${policy}\n    <title>GPT-2 Lens: cells</title>`;
  return `<!doctype html>\n<html lang="en">\n  <head>\n    ${head}\n  </head>\n  <body><script>${script}</script></body>\n</html>\n`;
}
