import { describe, expect, it } from 'vitest';
import { functionsIn, libraryEntries } from '../../scripts/lesson-markdown/library-docs.ts';

describe('libraryEntries(root)', () => {
  it('tells every function of the library with its parameters and a sentence', async () => {
    const entries = new Map((await libraryEntries('.')).map((entry) => [entry.name, entry]));
    expect(entries.get('softmax')).toMatchObject({ signature: expect.stringContaining('logits') });
    for (const name of ['runTrace', 'generate', 'tokenEmbedding', 'layerNorm', 'printModel']) {
      expect(entries.get(name)?.docs, name).toMatch(/^\S.*\.$/);
    }
  });
});

describe('functionsIn(text, wanted)', () => {
  it('takes the first sentence of the comment, and only wanted names', () => {
    const text =
      '/**\n * Adds.\n *\n * Shapes: any.\n */\nexport async function add<T>(\n  a: T,\n  b = f(1)\n): T {}\nexport function other() {}\n';
    expect(functionsIn(text, new Set(['add']))).toEqual([
      { name: 'add', signature: '( a: T, b = f(1) )', docs: 'Adds.' }
    ]);
  });
});
