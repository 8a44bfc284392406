import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { ACTIVATIONS } from '$lib/gpt2';
import library from 'virtual:library-docs';

/** What a cell can read besides the library's functions. */
const PAGE_NAMES = [
  'model',
  'tokenizer',
  'trace',
  'tf',
  'prompt',
  'ids',
  'layer',
  'head',
  'position',
  'console'
];

const functions: Completion[] = library.map(({ name, signature, docs }) => {
  return { label: name, type: 'function', detail: signature, info: docs };
});
const names: Completion[] = PAGE_NAMES.map((label) => ({ label, type: 'variable' }));
const activations: Completion[] = Object.keys(ACTIVATIONS).map((label) => ({ label, type: 'constant' }));

const IN_READ = /\b(?:trace|run)\.read\(\s*['"][\w.]*$/;
const WORD = /[\w$]+$/;

/** The activations inside `trace.read('…')`, and else the names that a cell can read. */
export function completeCell(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (IN_READ.test(before)) {
    const typed = /[\w.]*$/.exec(before)![0];
    return { from: context.pos - typed.length, options: activations, validFor: /^[\w.]*$/ };
  }
  const word = WORD.exec(before);
  if (!word && !context.explicit) return null;
  if (before.slice(0, word?.index ?? before.length).endsWith('.')) return null; // a part of something
  return {
    from: context.pos - (word?.[0].length ?? 0),
    options: [...names, ...functions],
    validFor: /^[\w$]*$/
  };
}
