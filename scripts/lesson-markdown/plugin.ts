import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { parseLesson, parseMeta } from './parse.ts';

const LESSON = /\/src\/lessons\/([\w-]+)\.md$/;

/**
 * Makes a lesson of a Markdown file in src/lessons: `import lesson from './x.md'`, or only what stands above its text
 * with `./x.md?meta`. Words become HTML and code is highlighted here, so that the page carries no parser.
 */
export function lessonMarkdown(): Plugin {
  return {
    name: 'lesson-markdown',
    enforce: 'pre',
    async transform(text, id) {
      const [path, query = ''] = id.split('?');
      if (!LESSON.test(path)) return null;
      const name = basename(path, '.md');
      const made = query.includes('meta') ? parseMeta(name, text) : await parseLesson(name, text);
      return { code: `export default ${JSON.stringify(made)};`, map: null };
    }
  };
}
