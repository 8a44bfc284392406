import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pagesOf } from './page-policy.mjs';
import { runStep } from './run-step.mjs';

const HEAD = '<head>';
const INLINE_SCRIPT = /<script>([\s\S]*?)<\/script>/g;

/**
 * A page of the reference with its policy in its head: its own files, and the script that stands in it by its hash. Styles in
 * HTML are allowed: TypeDoc's script writes some, and these pages hold nothing of a reader's.
 *
 * @param {string} html as TypeDoc writes it
 */
export function withApiPolicy(html) {
  const hashes = [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script]) => ` 'sha256-${createHash('sha256').update(script).digest('base64')}'`
  );
  const scripts = `script-src 'self'${[...new Set(hashes)].join('')}`;
  const policy = `default-src 'none'; ${scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'`;
  const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
  return html.replace(HEAD, () => `${HEAD}${meta}<link rel="icon" href="data:,">`); // else /favicon.ico is asked for
}

/**
 * Writes the API reference of the npm package into a folder, in place of what is there.
 *
 * @param {string} folder
 * @returns {number} TypeDoc's exit code
 */
export function writeApi(folder) {
  rmSync(folder, { recursive: true, force: true });
  const code = runStep('typedoc', ['--options', 'scripts/package/typedoc.json', '--out', folder]);
  for (const page of code === 0 ? pagesOf(folder) : [])
    writeFileSync(page, withApiPolicy(readFileSync(page, 'utf8')));
  return code;
}
