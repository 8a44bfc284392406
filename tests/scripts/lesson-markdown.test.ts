import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseLesson, parseMeta } from '../../scripts/lesson-markdown/parse.ts';

const FRONT = '---\ntitle: T\nsummary: S\norder: 1\nprompt: Hello\nminutes: 5\n---\n';

describe('parseMeta(name, text)', () => {
  it('reads what stands above the text, with its defaults', () => {
    expect(parseMeta('x', FRONT)).toEqual({
      name: 'x',
      title: 'T',
      summary: 'S',
      order: 1,
      source: null,
      prompt: 'Hello',
      layer: 0,
      head: 0,
      position: null,
      minutes: 5
    });
  });

  it.each([
    ['# no front matter', 'x.md must begin with "---" and the title, got none.'],
    ['---\ntitle: T\n---\n', 'x.md: summary must be a string, got undefined.'],
    [FRONT.replace('order: 1', 'order: first'), 'x.md: order must be a number, got first.']
  ])('names what is wrong with %j', (text, message) => expect(() => parseMeta('x', text)).toThrow(message));
});

describe('parseLesson(name, text)', () => {
  it('makes a step of each cell, with the words before it and the Python under it', async () => {
    const text = `${FRONT}Words with \`code\`.\n\n## Part\n\nMore.\n\n\`\`\`ts a check=deep-dive/wte,deep-dive/ln_f map=attn picture=qkv batch\nconst a = 1;\n\`\`\`\n\n\`\`\`python\na = 1\n\`\`\`\n\nEnd.\n`;
    const { steps, programs } = await parseLesson('x', text);
    expect(programs).toEqual([{ id: 'a', code: 'const a = 1;' }]);
    expect(steps.map(({ id, heading }) => [id, heading])).toEqual([
      ['words-0', null],
      ['a', 'Part'],
      ['words-2', null]
    ]);
    expect(steps[0].html).toBe('<p>Words with <code>code</code>.</p>\n');
    expect(steps[1]).toMatchObject({ map: 'attn', html: '<p>More.</p>\n' });
    expect(steps[1].cell).toMatchObject({
      checks: ['deep-dive/wte', 'deep-dive/ln_f'],
      picture: 'qkv',
      batch: true,
      python: { text: 'a = 1' }
    });
    expect(steps[1].cell!.code.html).toContain('<span style="color:var(--code-token-keyword)">const</span>');
  });

  it('reads a question and runs its answer as a program', async () => {
    const text = `${FRONT}\`\`\`yaml question id=q map=mlp\nquestion: Grows?\nchoices: [yes it does, no]\nanswer: |\n  const n = 1;\n  ({ answer: 'no' });\n\`\`\`\n`;
    const { steps, programs } = await parseLesson('x', text);
    expect(steps[0]).toMatchObject({
      id: 'q',
      map: 'mlp',
      question: { question: 'Grows?', choices: ['yes it does', 'no'] }
    });
    expect(programs).toEqual([{ id: 'q', code: "const n = 1;\n({ answer: 'no' });" }]);
  });

  it('shows a fence without a name as code, not as a cell', async () => {
    const { steps, programs } = await parseLesson('x', `${FRONT}\`\`\`ts\nconst a = 1;\n\`\`\`\n`);
    expect(programs).toEqual([]);
    expect(steps[0].html).toContain('<pre><code class="language-ts">');
  });

  it.each([
    ['```ts a\n1;\n```\n```ts a\n2;\n```\n', 'a name must be used once, got a second cell "a".'],
    ['```ts a map=attic\n1;\n```\n', 'map of a must be one of embed, attn, mlp, ln_f, output, got attic.'],
    ['```yaml question\nquestion: Why?\n```\n', 'a question must have id=…, question, choices and answer']
  ])('names what is wrong with %j', async (body, message) => {
    await expect(parseLesson('x', FRONT + body)).rejects.toThrow(message);
  });

  it('takes the template of docs/lessons.md', async () => {
    const docs = readFileSync('docs/lessons.md', 'utf8');
    const template = /````md\n([\s\S]*?)\n````/.exec(docs)![1];
    const { programs, steps } = await parseLesson('template', template);
    expect(programs.map(({ id }) => id)).toEqual(['logits', 'surest']);
    expect(steps.some(({ question }) => question !== null)).toBe(true);
  });
});
