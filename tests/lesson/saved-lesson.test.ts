import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseLesson } from '../../scripts/lesson-markdown/parse.ts';
import { cellsFile, readCellsFile } from '../../src/lib/lesson/saved-cells.ts';
import { lessonMarkdown, lessonNotebook, type LessonToSave } from '../../src/lib/lesson/saved-lesson.ts';
import type { Lesson } from '../../src/lib/lesson/types.ts';

const TEXT = `---
title: Two cells
summary: For a test.
order: 1
prompt: One two
minutes: 1
---

Some **words** and \`code\`.

\`\`\`ts first picture=attention
1 + 1;
\`\`\`

\`\`\`python
print(1 + 1)
\`\`\`

More words.

\`\`\`ts second
\`a \${prompt}\`;
\`\`\`
`;

let saved: LessonToSave;

beforeAll(async () => {
  const lesson = await parseLesson('two-cells', TEXT);
  const outcomes: Record<string, string> = { first: '2', second: '``` a One two' };
  saved = {
    lesson,
    address: 'https://x.org/lessons/two-cells/#v=2',
    cell: (id) => {
      const code = lesson.steps.find((step) => step.id === id)!.cell!.code.text;
      const value = { kind: 'text', text: outcomes[id] } as const;
      return { id, code, edited: false, outcome: { ok: true, value, printed: [], milliseconds: 1 } };
    },
    added: (step) => (step === 'first' ? [{ id: 'mine-1', code: 'ids;', edited: true, outcome: null }] : [])
  };
});

describe('lessonMarkdown(saved, pictures)', () => {
  it('holds words, code, Python, results, pictures and own cells in their order', () => {
    const text = lessonMarkdown(saved, new Map([['first', 'data:image/svg+xml,x']]));
    const wanted = [
      '# Two cells',
      'https://x.org/lessons/two-cells/#v=2',
      'Some **words** and `code`.',
      '```ts\n1 + 1;\n```',
      '```text\n2\n```',
      '```python\nprint(1 + 1)\n```',
      '![Picture: attention](data:image/svg+xml,x)',
      '```ts\nids;\n```',
      'More words.'
    ];
    const places = wanted.map((piece) => text.indexOf(piece));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('fences a result that has backticks itself with more of them', () => {
    expect(lessonMarkdown(saved, new Map())).toContain('````text\n``` a One two\n````');
  });
});

describe('lessonNotebook(saved)', () => {
  it('is a notebook of format 4.5 whose code is the Python of the lesson', () => {
    const notebook = JSON.parse(lessonNotebook(saved)) as {
      nbformat: number;
      nbformat_minor: number;
      metadata: { kernelspec: { name: string } };
      cells: {
        cell_type: string;
        id: string;
        source: string[];
        outputs?: [];
        execution_count?: null;
        metadata: object;
      }[];
    };
    expect([notebook.nbformat, notebook.nbformat_minor, notebook.metadata.kernelspec.name]).toEqual([
      4,
      5,
      'python3'
    ]);
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of notebook.cells) expect(id).toMatch(/^[\w-]{1,64}$/);
    const code = notebook.cells.filter(({ cell_type }) => cell_type === 'code');
    expect(code.map(({ source }) => source.join(''))).toEqual(['print(1 + 1)']);
    for (const cell of code) expect(cell).toMatchObject({ outputs: [], execution_count: null, metadata: {} });
    const others = notebook.cells.filter(({ cell_type }) => cell_type !== 'code');
    expect(others.every((cell) => cell.cell_type === 'markdown' && !('outputs' in cell))).toBe(true);
    // what has no Python stands there with the page's result
    expect(others.map(({ source }) => source.join('')).join('\n')).toContain('```ts\n`a ${prompt}`;\n```');
  });

  it('has the text of a changed cell after the lesson’s own Python, and says so', () => {
    const cell = (id: string) => ({ ...saved.cell(id), code: '2 + 2;', edited: true });
    const { cells } = JSON.parse(lessonNotebook({ ...saved, cell })) as { cells: { source: string[] }[] };
    const texts = cells.map(({ source }) => source.join(''));
    const changed = texts[texts.indexOf('print(1 + 1)') + 1];
    expect(changed).toContain('```ts\n2 + 2;\n```');
    expect(changed).toContain('the Python above is the lesson’s own');
    expect(changed).not.toContain('no Python');
  });

  it('keeps every Python cell of a real lesson', async () => {
    const file = readFileSync('src/lessons/deep-dive.md', 'utf8');
    const lesson: Lesson = await parseLesson('deep-dive', file);
    const cell = (id: string) => ({ id, code: '', edited: false, outcome: null });
    const { cells } = JSON.parse(lessonNotebook({ ...saved, lesson, cell, added: () => [] })) as {
      cells: { cell_type: string; source: string[] }[];
    };
    const fences = [...file.matchAll(/^```python(?: setup)?\n([^]*?)\n```$/gm)].map(([, code]) => code);
    const code = cells.filter(({ cell_type }) => cell_type === 'code');
    expect(code.map(({ source }) => source.join(''))).toEqual(fences); // what they need stands first
    expect(fences[0]).toMatch(/^import torch\n/);
  });
});

describe('readCellsFile(cellsFile(lesson, cells))', () => {
  it('gives the cells back', () => {
    const cells = { edits: { first: '3;', 'mine-1': 'a' }, added: [{ id: 'mine-1', after: 'first' }] };
    expect(readCellsFile(cellsFile('two-cells', cells))).toMatchObject({ lesson: 'two-cells', ...cells });
  });

  it('is null for anything else', () => {
    for (const text of ['', '{', '[]', '{"kind":"gpt2-lens cells","version":2}', '{"edits":{"a":1}}'])
      expect(readCellsFile(text)).toBeNull();
    const long = { edits: { first: 'a'.repeat(1_000_000) }, added: [] };
    expect(readCellsFile(cellsFile('two-cells', long))).toBeNull();
  });

  it('gives back any cells, and takes or refuses any text', () => {
    const added = fc.array(fc.record({ id: fc.string(), after: fc.string() }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]\w*$/), fc.string()), added, (edits, own) => {
        expect(readCellsFile(cellsFile('two-cells', { edits, added: own }))).toMatchObject({ added: own });
      })
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readCellsFile(text)).toBeNull();
      })
    );
  });
});
