import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseLesson, parseTranslation } from '../../scripts/lesson-markdown/parse.ts';
import { compileCell, type CellContext, type CellOutcome } from '../../src/lib/cells/index.ts';
import { checkViews } from '../../src/lib/lesson/check-view.ts';
import { sourceValue, sourceValues } from '../../src/lib/lesson/checks/index.ts';
import { chinese } from '../../src/lib/words/zh';
import { endingMatches, parameterCount } from '../../src/lib/gpt2/index.ts';
import { readAnswer, sayAnswer } from '../../src/lib/lesson/predict.ts';
import type { Lesson, LessonLanguage } from '../../src/lib/lesson/types.ts';
import { NANO, useModelSession } from '../cells/model-session.ts';

const FOLDER = 'src/lessons';
const LESSON_MS = 300_000; // of one run of a lesson, on a busy machine
const files = readdirSync(FOLDER);
const names = files.filter((file) => /^[\w-]+\.md$/.test(file)).map((file) => file.replace(/\.md$/, ''));
const translations = files.flatMap((file) => {
  const [, name, language] = /^([\w-]+)\.([a-z]{2})\.md$/.exec(file) ?? [];
  return name ? [{ file, name, language: language as LessonLanguage }] : [];
});
/** Fields that gpt2's config.json has and the embedded model's has not. */
const ONLY_GPT2 = ['gpt2-model/config.task_specific_params'];

const SORTER = 'sorter';

/** The models that lessons are about, each with a text of its own kind: as many tokens as are tried, and more. */
const models = {
  [NANO]: {
    opened: useModelSession(),
    long: 'Once upon a time there was a little boy, and he had a red ball. '.repeat(8)
  },
  [SORTER]: { opened: useModelSession(SORTER), long: 'CABBAGE=FACE=BLACKJACK=DEAF' }
};
const modelOf = ({ meta }: Lesson) => models[meta.model as keyof typeof models] ?? models[NANO];

function textOf({ meta }: Lesson): Uint16Array {
  const bytes = meta.text === '' ? new Uint8Array() : readFileSync(`static/texts/${meta.text}`);
  return new Uint16Array(Uint8Array.from(bytes).buffer);
}

/** Runs every cell and answer of a lesson from the top. */
async function runLesson(
  lesson: Lesson,
  change: Partial<CellContext> = {}
): Promise<Map<string, CellOutcome>> {
  const { prompt, layer, head, position } = lesson.meta;
  const text = change.prompt ?? prompt;
  const { model, session } = modelOf(lesson).opened;
  const ids = model.tokenizer.encode(text).map(({ id }) => id);
  const trainingText = textOf(lesson);
  const at = position ?? ids.length - 1;
  const context = { prompt: text, ids, layer, head, position: at, trainingText, ...change };
  const outcomes = new Map<string, CellOutcome>();
  for await (const { id, outcome } of session.run(lesson.programs, context)) outcomes.set(id, outcome);
  return outcomes;
}

describe.each(names)('the lesson %s on its model', (name) => {
  let lesson: Lesson;
  let outcomes: Map<string, CellOutcome>;

  beforeAll(async () => {
    lesson = await parseLesson(name, readFileSync(`${FOLDER}/${name}.md`, 'utf8'));
    outcomes = await runLesson(lesson);
  }, LESSON_MS);

  it('runs from top to bottom without an error', () => {
    for (const { id } of lesson.programs) {
      const outcome = outcomes.get(id);
      expect(outcome?.ok ? 'ok' : outcome && 'error' in outcome ? outcome.error : 'left out', id).toBe('ok');
    }
  });

  it('gives the values that Hugging Face transformers prints, wherever it names one', () => {
    for (const { id, cell } of lesson.steps) {
      if (!cell || cell.checks.length === 0) continue;
      const outcome = outcomes.get(id)!;
      const value = outcome.ok ? outcome.value : null;
      for (const view of checkViews(cell.checks, value, { model: 'gpt2-nano', asInSource: true })) {
        if (ONLY_GPT2.includes(view.value.id)) continue;
        expect(view.expected, `${view.value.id} has a reference`).not.toBeNull();
        expect(view.comparison, view.value.id).toMatchObject({ ok: true });
      }
    }
  });

  it('names only values that there are', () => {
    for (const { cell } of lesson.steps) {
      for (const id of cell?.checks ?? []) expect(sourceValue(id).check, id).toBeDefined();
    }
  });

  it('answers its questions with one of the choices', () => {
    for (const { id, question } of lesson.steps) {
      if (!question) continue;
      const outcome = outcomes.get(id)!;
      const answer = outcome.ok ? readAnswer(outcome.value) : null;
      expect(answer, id).not.toBeNull();
      if (typeof question.choices === 'string') expect(answer!.scores, id).not.toBeNull();
      else expect(question.choices).toContain(answer!.answer);
    }
  });

  /** The rows of a cell's table, by what stands first in them. */
  const rowsOf = (id: string) => {
    const outcome = outcomes.get(id)!;
    if (!outcome.ok || outcome.value.kind !== 'table') throw new Error(`${id} gives no table`);
    return new Map(outcome.value.rows.map(([first, ...row]) => [String(first), row.map(Number)]));
  };

  if (name === 'where-the-fact-sits')
    it('is right about the way that its text tells', () => {
      const streams = [...rowsOf('streams').values()];
      for (const [country, end] of streams) expect(Math.abs(country + end - 1)).toBeLessThan(0.02);
      expect(streams.findIndex(([country, end]) => end > country)).toBe(10);
      const ends = streams.map(([, end]) => end);
      expect(ends[4]).toBeLessThan(0.02); // before block 4 next to nothing has moved
      for (let block = 4; block < 11; block++) expect(ends[block + 1]).toBeGreaterThan(ends[block]);
    });

  if (name === 'the-copying-circuit')
    it('finds previous-token heads as the senders, and the weight comes back', () => {
      const senders = [...rowsOf('senders_table').keys()].slice(0, 4);
      expect(senders.toSorted()).toEqual(['6.2', '6.5', '7.2', '7.9']);
      const weights = [...rowsOf('one_by_one').values()].map(([weight]) => weight);
      expect(weights.at(-1)).toBeGreaterThan(weights[0] + 0.15);
    });

  if (name === 'a-transformer-you-can-read')
    it('shows every activation of the pass, computes the same by hand, and sorts', async () => {
      const { model } = models[SORTER].opened;
      const T = lesson.meta.prompt.length;
      const { n_layer, n_head, n_embd, n_ctx, vocab_size } = model.config;
      expect(parameterCount(model.config)).toBe(86_832);
      // By hand, a block: 7 rows of n_embd, q, k, v and z, two scales, the MLP twice four times as wide; scores and pattern.
      const block = T * (7 * n_embd + 4 * n_embd + 2 + 8 * n_embd) + 2 * n_head * T * T;
      const computed = 2 * T * n_embd + n_layer * block + T * (n_embd + 1) + 2 * T * vocab_size;
      const asked = outcomes.get('how_many')!;
      const answer = asked.ok ? readAnswer(asked.value)! : null;
      expect(answer!.values.get('computed')).toBe(computed.toLocaleString('en'));
      for (const { cell, id } of lesson.steps) {
        if (cell?.print === 'whole') expect(JSON.stringify(outcomes.get(id)), id).not.toContain('NaN');
      }
      for (const row of rowsOf('head_by_hand').values()) expect(row.at(-2)).toBeCloseTo(row.at(-1)!, 3);
      for (const id of ['z_by_hand', 'logits_by_hand'])
        for (const [byHand, inTrace] of rowsOf(id).values()) expect(byHand).toBeCloseTo(inTrace, 3);
      expect(n_ctx).toBe(26);
      const text = (id: string) => JSON.stringify(outcomes.get(id));
      expect(text('writes')).toContain('FACE=ACEF<|endoftext|>');
      expect(text('random_lists')).toContain('40 of 40 lists are right');
      const without = rowsOf('without');
      expect([without.get('0.1')![0], without.get('2.2')![0]]).toEqual([0, 40]);
    });

  if (name === 'why-did-it-say-that')
    it('reads whole documents, none with the prompt that was held out', () => {
      const { tokenizer } = models[NANO].opened.model;
      const text = textOf(lesson);
      const end = tokenizer.encode('<|endoftext|>')[0].id;
      expect(text.at(-1)).toBe(end);
      const unseen = tokenizer.encode('When Mary and John went to the store, John gave a drink to');
      const matches = endingMatches(
        text,
        unseen.map(({ id }) => id)
      );
      expect(matches.length).toBe(4); // " gave a drink to"
      expect(tokenizer.decode([...text.slice(matches[3][0] - 4, matches[3][0])])).toBe(' gave a drink to');
      const counted = JSON.stringify(outcomes.get('unseen_next'));
      expect(counted).toContain('yes it does');
      expect([...rowsOf('endings').values()].map((row) => row[1])).toEqual([1397, 460, 27, 5, 1]);
    });

  if (name === 'take-it-out')
    it('is right about the heads that its text names', () => {
      const [rises, works] = ['10.5', '9.11'].map((head) => rowsOf('both_lists').get(head)!);
      expect([rises[0] > 1, rises[1] < 0]).toEqual([true, true]); // share, fall
      expect([Math.abs(works[0]) < 0.05, works[1] > 0.85]).toEqual([true, true]);
      for (const [share, frozen] of rowsOf('direct_and_total').values()) expect(frozen).toBeCloseTo(share, 2);
      for (const [, zero, patch] of rowsOf('zero_and_patch').values()) expect(patch).toBeGreaterThan(zero);
      expect([...rowsOf('more_and_more').values()].at(-1)!.at(-1)).toBe(1);
    });

  it('has a value for each place in the sentences to its answers', () => {
    for (const { id, question } of lesson.steps) {
      if (!question?.says) continue;
      const outcome = outcomes.get(id)!;
      const answer = outcome.ok ? readAnswer(outcome.value)! : null;
      const places = [...question.says.matchAll(/\{(\w+)\}/g)].map(([, key]) => key);
      expect([...answer!.values.keys()].sort(), id).toEqual(places.sort());
      expect(sayAnswer(question.says, answer!)).not.toContain('{');
    }
  });

  it('has no visible cell that uses a name from the answer to a question', async () => {
    const fromAnswers = new Set<string>();
    for (const { id, code } of lesson.programs) {
      const isAnswer = lesson.steps.some((step) => step.id === id && step.question);
      const { declared, body } = await compileCell(code, fromAnswers);
      if (isAnswer) {
        for (const name of declared) fromAnswers.add(name);
        continue;
      }
      for (const name of declared) fromAnswers.delete(name);
      for (const name of fromAnswers)
        expect(body, `${id} uses ${name}`).not.toMatch(new RegExp(`__names\\.${name}\\b`));
    }
  });

  it.each([1, 5, 14, 100])(
    'follows another layer, head, position and a prompt of %i tokens',
    async (T) => {
      const { opened, long } = modelOf(lesson);
      const { tokenizer, config } = opened.model;
      const tokens = tokenizer.encode(long).slice(0, Math.min(T, config.n_ctx - 1));
      const prompt = tokenizer.decode(tokens.map(({ id }) => id));
      const layer = Math.min(5, config.n_layer - 1);
      const head = Math.min(7, config.n_head - 1);
      const changed = await runLesson(lesson, { layer, head, position: Math.min(1, T - 1), prompt });
      for (const [id, outcome] of changed) expect(outcome.ok ? 'ok' : outcome.error, id).toBe('ok');
      expect(changed.size).toBe(lesson.programs.length);
    },
    LESSON_MS
  );
});

describe.each(translations)('the translation $file', ({ file, name, language }) => {
  let original: Lesson;
  let translation: Lesson;
  const placesOf = (says: string | null) => [...(says ?? '').matchAll(/\{\w+\}/g)].map(([place]) => place);

  beforeAll(async () => {
    original = await parseLesson(name, readFileSync(`${FOLDER}/${name}.md`, 'utf8'));
    translation = await parseTranslation(original, language, readFileSync(`${FOLDER}/${file}`, 'utf8'));
  });

  it('holds the same cells and questions in the same order', () => {
    expect(translation.steps.map(({ id }) => id)).toEqual(original.steps.map(({ id }) => id));
    expect(translation.steps.map(({ cell }) => cell)).toEqual(original.steps.map(({ cell }) => cell));
    expect(translation.steps.map(({ map }) => map)).toEqual(original.steps.map(({ map }) => map));
    expect(translation.programs).toEqual(original.programs);
  });

  it('has words of its own wherever the first file has some', () => {
    translation.steps.forEach((step, i) => {
      const { html, heading, question } = original.steps[i];
      expect([step.html === '', step.heading === null], step.id).toEqual([html === '', heading === null]);
      if (html !== '') expect(step.html, step.id).not.toBe(html);
      if (question) expect(step.question!.question, step.id).not.toBe(question.question);
    });
  });

  it('names the same values in the sentences to its answers', () => {
    translation.steps.forEach(({ id, question }, i) => {
      expect(placesOf(question?.says ?? null), id).toEqual(
        placesOf(original.steps[i].question?.says ?? null)
      );
    });
  });
});

it('the Chinese page says in Chinese what each value of a source is', () => {
  const values = sourceValues.filter(({ what }) => what !== 'logits'); // the same word in both
  for (const { what } of values) expect(chinese.lessonWords.what(what), what).toMatch(/[\u4e00-\u9fff]/);
});

it('every value that can be computed stands beside a cell of a lesson', async () => {
  const lessons = await Promise.all(
    names.map((name) => parseLesson(name, readFileSync(`${FOLDER}/${name}.md`, 'utf8')))
  );
  const named = new Set(lessons.flatMap(({ steps }) => steps.flatMap(({ cell }) => cell?.checks ?? [])));
  const left = sourceValues.filter(({ id, check }) => check && !named.has(id));
  expect(left.map(({ id }) => id)).toEqual([]);
});

it('every lesson is in Chinese too, each of its texts translated', async () => {
  expect(translations.filter(({ language }) => language === 'zh').map(({ name }) => name)).toEqual(names);
  const han = /[\u4e00-\u9fff]/;
  for (const { name, file } of translations) {
    const original = await parseLesson(name, readFileSync(`${FOLDER}/${name}.md`, 'utf8'));
    const { meta, steps } = await parseTranslation(original, 'zh', readFileSync(`${FOLDER}/${file}`, 'utf8'));
    expect(meta.summary, file).toMatch(han);
    if (meta.source) expect(meta.source, file).toMatch(han);
    for (const { id, html, question } of steps) {
      for (const paragraph of html.matchAll(/<(p|li|h3|td)>(.*?)<\/\1>/gs)) {
        const words = paragraph[2].replaceAll(/<[^>]*>|[^\p{L}]/gu, '');
        if (!/^[a-z_0-9]*$/i.test(words) || paragraph[1] !== 'td')
          expect(paragraph[2], `${file} ${id}`).toMatch(han);
      }
      if (question) expect(question.question + (question.says ?? ''), `${file} ${id}`).toMatch(han);
      for (const label of question?.labels ?? []) expect(label, `${file} ${id}`).toMatch(han);
    }
  }
});
