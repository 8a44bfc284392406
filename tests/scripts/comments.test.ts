import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';

const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:\w])\/\/[^\n]*|<!--[\s\S]*?-->/g;
/** Our own kinds of files; names with .py and .js stand for other people's. */
const NAME = /[\w./@[\]-]*\w\.(?:svelte|ts|mjs)\b/g;
/** No file's name: an ending, and what a usage line says. */
const EXAMPLES = ['.d.ts', 'file.ts'];

const FOLDERS = ['src', 'scripts', 'tests'];

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
const names = new Set([...readdirSync('.'), ...FOLDERS.flatMap(filesIn)].map((file) => basename(file)));

describe('comments', () => {
  it.each(FOLDERS)('in %s name no file that is not in the repository', (folder) => {
    const ours = filesIn(folder).filter((file) => /\.(ts|svelte|mjs)$/.test(file));
    const unknown = ours.flatMap((file) => {
      const comments = readFileSync(file, 'utf8').match(COMMENT) ?? [];
      const named = comments.flatMap((comment) => comment.match(NAME) ?? []);
      return named
        .filter((name) => !names.has(basename(name)) && !EXAMPLES.includes(name))
        .map((name) => `${file}: ${name}`);
    });
    expect(unknown).toEqual([]);
  });
});
