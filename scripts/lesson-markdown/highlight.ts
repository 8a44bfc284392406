import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';

/** Colours are the page's own: `.code-token-keyword` and its like in src/lib/lesson/code.css. */
const theme = createCssVariablesTheme({ name: 'page', variablePrefix: '--code-', fontStyle: true });

let highlighter: Promise<Highlighter> | null = null;

/** What the highlighter writes into a token: no style may stand in a page, so its colour becomes a class. */
const STYLE = /style="color:var\(--code-([\w-]+)\)(?:;font-style:(italic))?"/g;

/**
 * Code as HTML: one <span> a token, coloured by its class, and around them one a line, which knows how far it is
 * indented (`data-indent`), so that what does not fit continues under it.
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
  const classes = html.replaceAll(
    STYLE,
    (_, name: string, slant?: string) => `class="code-${slant ? `${name} ${slant}` : name}"`
  );
  if (classes.includes('style=')) throw new Error(`highlight: tokens must have a colour alone, got ${html}.`);
  const lines = classes.split('<br>');
  return lines
    .map((line, i) => `<span class="line" data-indent="${indents[i] ?? 0}">${line}</span>`)
    .join('\n');
}
