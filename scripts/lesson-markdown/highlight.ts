import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';

/** Colours are the page's own: `--code-token-keyword` and its like in src/lib/lesson/code.css. */
const theme = createCssVariablesTheme({ name: 'page', variablePrefix: '--code-', fontStyle: true });

let highlighter: Promise<Highlighter> | null = null;

/** Code as HTML with one <span> a token, coloured by CSS variables. */
export async function highlight(code: string, language: 'typescript' | 'python'): Promise<string> {
  highlighter ??= createHighlighter({ themes: [theme], langs: ['typescript', 'python'] });
  const html = (await highlighter).codeToHtml(code, {
    lang: language,
    theme: 'page',
    structure: 'inline',
    tokenizeTimeLimit: 0 // the usual half second leaves code uncoloured on a busy machine
  });
  return html.replaceAll('<br>', '\n');
}
