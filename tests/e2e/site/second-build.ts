/** A newer version of the built page, made of the one in build/: every hashed file has another name, as after a change. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeKeptSet } from '../../../scripts/kept-set.mjs';
import { writePolicies } from '../../../scripts/page-policy.mjs';

const TEXT = /\.(html|js|css|json)$/;
const COPY = /\.(br|gz)$/;
/** `app.8YiyX9qy.js`, `engine.worker-Bm_fyjwJ.js`, `7VenBv1E.js`; the hash's last letter is what changes. */
const HASHED = /^(.*[\w-]{7})([\w-])(\.\w+)$/;
/** The list of files that the build put into the service worker. */
const KEPT_SET = /\[\{"url":"\.\/.*?"\}\]/s;

/** What tells a page of the newer version. */
export const NEWER = 'newer';

/** @returns the folder; the caller removes it */
export function secondBuild(build: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'second-build-'));
  cpSync(build, folder, { recursive: true });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.filter((one) => COPY.test(one))) rmSync(file);
  const kept = files.filter((one) => !COPY.test(one));
  const names = new Map(
    kept.filter((one) => one.includes('/immutable/')).map((one) => [basename(one), renamed(one)])
  );
  const pattern = new RegExp([...names.keys()].map((name) => name.replaceAll('.', '\\.')).join('|'), 'g');
  const version = (JSON.parse(readFileSync(join(folder, '_app/version.json'), 'utf8')) as { version: string })
    .version;
  for (const file of kept) {
    if (TEXT.test(file) && !file.includes('/models/gpt2')) {
      const text = readFileSync(file, 'utf8')
        .replaceAll(pattern, (name) => names.get(name)!)
        .replaceAll(version, `${version}1`)
        .replace('<html lang="en">', `<html lang="en" data-build="${NEWER}">`);
      writeFileSync(file, text);
    }
    const name = names.get(basename(file));
    if (name !== undefined) renameSync(file, join(file, '..', name));
  }
  writePolicies(folder);
  const script = join(folder, 'service-worker.js');
  writeFileSync(script, readFileSync(script, 'utf8').replace(KEPT_SET, 'self.__WB_MANIFEST'));
  writeKeptSet(folder);
  return folder;
}

function renamed(file: string): string {
  const [, start, last, ending] = HASHED.exec(basename(file))!;
  return `${start}${last === 'x' ? 'y' : 'x'}${ending}`;
}
