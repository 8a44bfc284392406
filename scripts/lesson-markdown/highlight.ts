import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';

/** Colours are the page's own: `--code-token-keyword` and its like in src/lib/lesson/code.css. */
const theme = createCssVariablesTheme({ name: 'page', variablePrefix: '--code-', fontStyle: true });

let highlighter: Promise<Highlighter> | null = null;

/**
 * Code as HTML: one <span> a token, coloured by CSS variables, and around them one a line, which knows how far it is
 * indented (`--indent`), so that what does not fit goes on under it.
 */
export async function highlight(code: string, language: 'typescript' | 'python'): Promise<string> {
  highlighter ??= createHighlighter({ themes: [theme], langs: ['typescript', 'python'] });
  const html = (await highlighter).codeToHtml(code, {
    lang: language,
    theme: 'page',
    structure: 'inline',
    tokenizeTimeLimit: 0 // the usual half second leaves code uncoloured on a busy machine
  });
  const indents = code.split('\n').map((line) => line.length - line.trimStart().length);
  const lines = html.split('<br>');
  return lines
    .map((line, i) => `<span class="line" style="--indent:${indents[i] ?? 0}">${line}</span>`)
    .join('\n');
}
