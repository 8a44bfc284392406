import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMeta } from '../../scripts/lesson-markdown/front-matter.ts';
import { parseLesson, parseTranslation } from '../../scripts/lesson-markdown/parse.ts';

const FRONT = '---\ntitle: T\nsummary: S\norder: 1\nprompt: Hello\nminutes: 5\n---\n';

describe('parseMeta(name, text)', () => {
  it('reads what stands above the text, with its defaults', () => {
    expect(parseMeta('x', FRONT)).toEqual({
      name: 'x',
      language: 'en',
      title: 'T',
      summary: 'S',
      order: 1,
      source: null,
      prompt: 'Hello',
      model: '',
      text: '',
      recording: '',
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
      print: 'batch',
      hidden: false,
      python: { text: 'a = 1' }
    });
    expect(steps[1].cell!.code.html).toContain('<span class="code-token-keyword">const</span>');
  });

  it('keeps how far each line of code is indented, for what does not fit into a line', async () => {
    const { steps } = await parseLesson('x', `${FRONT}\`\`\`ts a map=mlp\nif (1) {\n\n  f();\n}\n\`\`\`\n`);
    const lines = steps[0].cell!.code.html.split('\n');
    const indents = lines.map((line) => /^<span class="line" data-indent="(\d+)">/.exec(line)?.[1]);
    expect(indents).toEqual(['0', '0', '2', '0']);
  });

  it('reads a question and runs its answer as a program', async () => {
    const text = `${FRONT}\`\`\`yaml question id=q map=mlp\nquestion: Grows?\nchoices: [yes it does, no]\nanswer: |\n  const n = 1;\n  ({ answer: 'no' });\n\`\`\`\n`;
    const { steps, programs } = await parseLesson('x', text);
    expect(steps[0]).toMatchObject({
      id: 'q',
      map: 'mlp',
      question: {
        question: 'Grows?',
        choices: ['yes it does', 'no'],
        labels: ['yes it does', 'no'],
        says: null
      }
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
    ['```yaml question\nquestion: Why?\n```\n', 'a question must have id=…, question, choices and answer'],
    [
      '```yaml question id=q\nquestion: Why: because?\n```\n',
      'x.md: the question q must be YAML, got Nested mappings are not allowed in compact mappings'
    ],
    [
      '```ts a pictur=lens\n1;\n```\n',
      'x.md: an option of a must be of map, picture, check, batch, whole, hidden, got "pictur".'
    ],
    ['```ts a picture=lenses\n1;\n```\n', 'x.md: picture of a must be of attention, decode, embeddings'],
    [
      '```yaml question id=q\nquestion: Why?\nchoises: [a]\n```\n',
      'x.md: a field of the question q must be of question, choices, says, answer, got "choises".'
    ]
  ])('names what is wrong with %j', async (body, message) => {
    await expect(parseLesson('x', FRONT + body)).rejects.toThrow(message);
  });

  it('names the file whose front matter is no YAML, or has a field that is not known', async () => {
    const text = '---\ntitle: One: two\n---\n';
    await expect(parseLesson('x', text)).rejects.toThrow('x.md: what stands above the text must be YAML');
    const more = FRONT.replace('---\n', '---\nminute: 3\n');
    await expect(parseLesson('x', more)).rejects.toThrow('got "minute". Correct its spelling.');
  });

  it.each(['ts', 'typescript', 'js', 'javascript'])('takes a fence of %s as a cell', async (language) => {
    const { programs } = await parseLesson('x', `${FRONT}\`\`\`${language} a\n1;\n\`\`\`\n`);
    expect(programs).toEqual([{ id: 'a', code: '1;' }]);
  });

  it('reads a file of Windows as any other', async () => {
    const text = `${FRONT}Words.\n\n\`\`\`ts a\nconst a = 1;\na;\n\`\`\`\n`;
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(await parseLesson('x', windows)).toEqual(await parseLesson('x', text));
  });

  it('takes the template of docs/lessons.md, and its translation', async () => {
    const docs = readFileSync('docs/lessons.md', 'utf8');
    const [template, chinese] = [...docs.matchAll(/````md\n([\s\S]*?)\n````/g)].map(([, text]) => text);
    const { programs, steps } = await parseLesson('template', template);
    expect(programs.map(({ id }) => id)).toEqual(['logits', 'surest']);
    expect(steps.some(({ question }) => question !== null)).toBe(true);
    const original = await parseLesson('template', template);
    const translation = await parseTranslation(original, 'zh', chinese);
    expect(translation.meta.title).toBe('有多大把握？');
    expect(translation.steps).toHaveLength(steps.length);
  });
});

describe('parseTranslation(original, language, text)', () => {
  const TEXT = `${FRONT}Words.\n\n\`\`\`ts a check=deep-dive/wte map=attn\nconst a = 1;\n\`\`\`\n\n\`\`\`python\na = 1\n\`\`\`\n\n\`\`\`yaml question id=q map=mlp\nquestion: Grows?\nchoices: [yes, no]\nsays: By {n}.\nanswer: |\n  ({ answer: 'no', values: { n: '1' } });\n\`\`\`\n\n## End\n\nThat is all.\n`;
  const CHINESE = `---\ntitle: 题\nsummary: 摘要\n---\n文字。\n\n\`\`\`ts a\n\`\`\`\n\n\`\`\`yaml question id=q\nquestion: 会变大吗？\nchoices: [会, 不会]\nsays: 相差 {n}。\n\`\`\`\n\n## 结束\n\n完。\n`;

  it('has the cells, programs and step names of the first file, and words of its own', async () => {
    const original = await parseLesson('x', TEXT);
    const { meta, steps, programs } = await parseTranslation(original, 'zh', CHINESE);
    expect(meta).toEqual({ ...original.meta, language: 'zh', title: '题', summary: '摘要' });
    expect(programs).toBe(original.programs);
    expect(steps.map(({ id }) => id)).toEqual(['a', 'q', 'end']);
    expect(steps.map(({ id }) => id)).toEqual(original.steps.map(({ id }) => id));
    expect(steps[0]).toMatchObject({ html: '<p>文字。</p>\n', map: 'attn' });
    expect(steps[0].cell).toBe(original.steps[0].cell);
    expect(steps[1].question).toEqual({
      question: '会变大吗？',
      choices: ['yes', 'no'],
      labels: ['会', '不会'],
      says: '相差 {n}。'
    });
    expect(steps[1].map).toBe('mlp');
    expect(steps[2].heading).toBe('结束');
  });

  it.each([
    [
      CHINESE.replace('```ts a\n', '```ts b\n'),
      'x.zh.md: cell b must be an empty fence, named as in the first file, got no such cell there.'
    ],
    [
      CHINESE.replace('```ts a\n', '```ts a\n1;\n'),
      'x.zh.md: cell a must be an empty fence, named as in the first file, got code of its own.'
    ],
    [CHINESE.replace('```ts a\n```\n', ''), 'x.zh.md: step 1 must be a, got q.'],
    [CHINESE.replace('## 结束\n\n完。\n', ''), 'x.zh.md: step 3 must be end, got nothing.'],
    [
      CHINESE.replace('[会, 不会]', '[会]'),
      'x.zh.md: a question must have id=…, question, choices and answer'
    ],
    [CHINESE.replace('title: 题\n', ''), 'x.zh.md: title must be a string, got undefined.']
  ])('names what is wrong: %#', async (text, message) => {
    const original = await parseLesson('x', TEXT);
    await expect(parseTranslation(original, 'zh', text)).rejects.toThrow(message);
  });
});
