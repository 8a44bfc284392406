import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import type { LessonLanguage } from '../../src/lib/lesson/types.ts';
import { parseMeta, parseTranslatedMeta, plainText } from './front-matter.ts';
import { parseLesson, parseTranslation } from './parse.ts';

/** `x.md` is a lesson in English, `x.zh.md` its translation. */
const LESSON = /^(.*\/src\/lessons\/([\w-]+))(?:\.(zh))?\.md$/;

/**
 * Makes a lesson of a Markdown file in src/lessons: `import lesson from './x.md'`, or only what stands above its text
 * with `./x.md?meta`. Words become HTML and code is highlighted here, so that the page carries no parser.
 */
export function lessonMarkdown(): Plugin {
  return {
    name: 'lesson-markdown',
    enforce: 'pre',
    async transform(given, id) {
      const [path, query = ''] = id.split('?');
      const parts = LESSON.exec(path);
      if (!parts) return null;
      const text = plainText(given);
      const [, stem, name, language] = parts;
      const onlyMeta = query.includes('meta');
      if (language === undefined) {
        return moduleOf(onlyMeta ? parseMeta(name, text) : await parseLesson(name, text));
      }
      const original = `${stem}.md`;
      this.addWatchFile(original);
      const first = plainText(await readFile(original, 'utf8'));
      const to = language as LessonLanguage;
      return moduleOf(
        onlyMeta
          ? parseTranslatedMeta(parseMeta(name, first), to, text)
          : await parseTranslation(await parseLesson(name, first), to, text)
      );
    }
  };
}

function moduleOf(made: unknown): { code: string; map: null } {
  return { code: `export default ${JSON.stringify(made)};`, map: null };
}
