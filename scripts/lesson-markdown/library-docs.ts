import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import type { LibraryEntry } from '../../src/lib/lesson/library-entry.ts';

const NAME = 'virtual:library-docs';
const INDEX = 'src/lib/gpt2/index.ts';
const EXPORT = /export \{([^}]*)\} from '([^']+)';/g;
const FUNCTION =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export (?:async )?function\*? (\w+)(?:<[^(]*>)?(\((?:[^()]|\([^()]*\))*\))/g;

/** First sentence of a comment, on one line. */
function firstSentence(comment: string | undefined): string {
  const text = (comment ?? '').replaceAll(/\n\s*\* ?/g, '\n').trim();
  const [paragraph] = text.split('\n\n');
  return paragraph
    .replaceAll(/\s+/g, ' ')
    .replace(/(\.|:)(\s.*)?$/s, '.')
    .trim();
}

/** What the library exports from one file's text, of the wanted names. */
export function functionsIn(text: string, wanted: ReadonlySet<string>): LibraryEntry[] {
  return [...text.matchAll(FUNCTION)]
    .filter(([, , name]) => wanted.has(name))
    .map(([, comment, name, parameters]) => {
      return { name, signature: parameters.replaceAll(/\s+/g, ' '), docs: firstSentence(comment) };
    });
}

/** Every function of the library with its parameters and the first sentence of its comment. */
export async function libraryEntries(root: string): Promise<LibraryEntry[]> {
  const index = await readFile(join(root, INDEX), 'utf8');
  const entries: LibraryEntry[] = [];
  const seen = new Set<string>();
  const visit = async (text: string, folder: string, only: ReadonlySet<string> | null): Promise<void> => {
    for (const [, list, from] of text.matchAll(EXPORT)) {
      const names = list.split(',').map((name) => name.trim());
      const wanted = new Set(names.filter((name) => /^\w+$/.test(name) && (only === null || only.has(name))));
      if (wanted.size === 0) continue;
      const path = join(folder, from);
      const file = await readFile(path, 'utf8');
      for (const entry of functionsIn(file, wanted)) if (!seen.has(entry.name)) entries.push(entry);
      for (const { name } of entries) seen.add(name);
      await visit(file, dirname(path), wanted);
    }
  };
  await visit(index, join(root, dirname(INDEX)), null);
  return entries.sort((a, b) => a.name.localeCompare(b.name));
}

/** `import entries from 'virtual:library-docs'`: what the editor of cells completes, read from the sources. */
export function libraryDocs(): Plugin {
  let root = '';
  return {
    name: 'library-docs',
    configResolved(config) {
      root = config.root;
    },
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null;
      return `export default ${JSON.stringify(await libraryEntries(root))};`;
    }
  };
}
