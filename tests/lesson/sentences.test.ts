import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { parseLesson } from '../../scripts/lesson-markdown/parse.ts';

const FOLDER = 'src/lessons';
const MOST_WORDS = 28; // of a sentence: about 25, for readers whose first language is another

const names = readdirSync(FOLDER).filter((file) => /^[\w-]+\.md$/.test(file));

/** The text of each paragraph, item and cell; code and formulas count as one word. */
function textsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (token.type === 'paragraph' || token.type === 'text') return [plainText(token.tokens ?? [])];
    if (token.type === 'list') return textsOf(token.items as Token[]);
    if (token.type === 'list_item' || token.type === 'blockquote') return textsOf(token.tokens ?? []);
    return [];
  });
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'codespan') return 'code';
      return 'tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? token.text : '';
    })
    .join('')
    .replace(/\$[^$]+\$/g, 'formula');
}

/** A colon or semicolon ends a main clause, and a sentence may end within quotes or brackets. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?:;]["”')\]]*)\s+/);
}

/** Files of a folder and of those in it. */
function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

const wordsOf = (sentence: string): number =>
  sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

describe('sentencesOf(text)', () => {
  it('splits where a main clause ends, not at a number or a name', () => {
    expect(sentencesOf('Head 8.2 reads it (“here.”) Then: who? It says 0.5.')).toEqual([
      'Head 8.2 reads it (“here.”)',
      'Then:',
      'who?',
      'It says 0.5.'
    ]);
  });
});

describe.each(names)('the lesson %s', (file) => {
  it(`has no sentence of more than ${MOST_WORDS} words`, async () => {
    const { steps } = await parseLesson(file.replace('.md', ''), readFileSync(`${FOLDER}/${file}`, 'utf8'));
    const sentences = steps.flatMap((step) => textsOf(marked.lexer(step.markdown)).flatMap(sentencesOf));
    expect(sentences.length).toBeGreaterThan(10);
    expect(sentences.filter((sentence) => wordsOf(sentence) > MOST_WORDS)).toEqual([]);
  });
});

const MIND = /\b(wants|thinks|believes)\b/i; // a head reads from a token, with a weight

it.each([...names.map((file) => `${FOLDER}/${file}`), ...filesOf('src/lib/words/en')])(
  '%s says of no part of a model that it has a mind',
  (path) => expect(readFileSync(path, 'utf8')).not.toMatch(MIND)
);
