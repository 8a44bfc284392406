import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classResults,
  classTable,
  formatAnswers,
  isRight,
  numberOf,
  parseAnswers,
  parseWorksheet,
  TASK_KINDS,
  withFile,
  type Answer,
  type AnswersFile,
  type Task,
  type Worksheet
} from '../../src/lib/state';
import { EMBED_PARTS } from '../../src/routes/embed/embed-link';
import { formatSheetLink, parseSheetLink } from '../../src/routes/worksheet/sheet-link';
import { formatView } from '../../src/lib/state/url';
import { anyView } from './any-view';

const TASKS: Task[] = [
  { kind: 'token', ask: 'Which token?', at: 3 },
  { kind: 'head', ask: 'Which head?', solution: '8.2' },
  { kind: 'position', ask: 'Where?', solution: '1' },
  { kind: 'number', ask: 'How large?', solution: '0.25', tolerance: 0.05 },
  { kind: 'text', ask: 'Why? <b>&' }
];
const sheet: Worksheet = {
  version: 1,
  title: 'Übung 1',
  views: ['attention', 'lens'],
  solutions: true,
  tasks: TASKS
};

/** As JSON has no other numbers. */
const positive = fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value + 0);
const anySheet: fc.Arbitrary<Worksheet> = fc.record({
  version: fc.constant(1 as const),
  title: fc.string({ unit: 'grapheme', maxLength: 40 }),
  views: fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
  solutions: fc.boolean(),
  tasks: fc.array(
    fc.record(
      {
        kind: fc.constantFrom(...TASK_KINDS),
        ask: fc.string({ unit: 'grapheme', maxLength: 40 }),
        at: fc.nat(),
        solution: fc.string({ maxLength: 20 }),
        tolerance: positive
      },
      { requiredKeys: ['kind', 'ask'] }
    ),
    { minLength: 1, maxLength: 4 }
  )
});
/** A file in which one letter is another, or whose end is missing. */
const damaged = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.tuple(value, fc.nat(), fc.string({ maxLength: 3 }), fc.boolean()).map(([whole, at, other, isCut]) => {
    const text = JSON.stringify(whole);
    const place = at % text.length;
    const changed = text.slice(0, place) + other + (isCut ? '' : text.slice(place + 1));
    return new TextDecoder().decode(new TextEncoder().encode(changed)); // a file holds no half of a character
  });

const file = (name: string, answers: Answer[], saved = '2026-01-01'): AnswersFile =>
  parseAnswers(formatAnswers({ name, model: 'gpt2-nano', prompt: 'x', sheet, answers }, saved))!;
const given = (...texts: string[]): Answer[] => texts.map((text) => ({ given: text }));

describe('a worksheet’s link', () => {
  it('gives back the view, what is left out, and the tasks', () => {
    const link = { view: 'v=2&prompt=One+%26+two&view=attention', hidden: ['menu', 'table'] as const, sheet };
    expect(parseSheetLink(formatSheetLink({ ...link, hidden: [...link.hidden] }))).toEqual(link);
  });

  it('is no worksheet where a field is missing or wrong, and never throws', () => {
    for (const text of ['', '{', 'null', '[]', JSON.stringify({ ...sheet, tasks: [] })])
      expect(parseWorksheet(text)).toBeNull();
    expect(parseWorksheet(JSON.stringify({ ...sheet, tasks: [{ kind: 'guess', ask: '' }] }))).toBeNull();
    expect(parseWorksheet(JSON.stringify({ ...sheet, version: 2 }))).toBeNull();
    expect(parseSheetLink('view=mlp').sheet).toBeNull();
  });

  it('gives back any worksheet of any view', () => {
    fc.assert(
      fc.property(anyView, fc.subarray([...EMBED_PARTS]), anySheet, (state, hidden, sheet) => {
        const link = { view: formatView(state), hidden, sheet };
        expect(parseSheetLink(formatSheetLink(link))).toEqual(link);
      })
    );
  });

  it('is read or refused whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), damaged(anySheet)), (text) => {
        const sheet = parseWorksheet(text);
        expect(sheet === null || sheet.tasks.length > 0).toBe(true);
        expect(parseSheetLink(new URLSearchParams({ sheet: text, hide: text }).toString()).sheet).toEqual(
          sheet
        );
        parseSheetLink(text);
      })
    );
  });
});

describe('isRight(task, answer)', () => {
  const [token, head, position, number, text] = TASKS;

  it('holds a head, a position and a number beside the solution', () => {
    expect([isRight(head, { given: '8.2' }), isRight(head, { given: '8.3' })]).toEqual([true, false]);
    expect([isRight(position, { given: '1' }), isRight(position, { given: '2' })]).toEqual([true, false]);
    expect(['0.3', '0,21', '0.31', '-0.25'].map((written) => isRight(number, { given: written }))).toEqual([
      true,
      true,
      false,
      false
    ]);
  });

  it('takes the model’s best token as the solution of a token', () => {
    const model = { token: 'a', best: 0.4, given: 0.1 };
    expect([
      isRight(token, { given: 'b', model }),
      isRight(token, { given: 'a', model: { ...model, given: 0.4 } })
    ]).toEqual([false, true]);
  });

  it('says nothing of words, of no answer, and where there is no solution', () => {
    expect(isRight(text, { given: 'Because' })).toBeNull();
    expect(isRight(head, { given: '' })).toBeNull();
    expect(isRight({ kind: 'head', ask: '' }, { given: '1.1' })).toBeNull();
  });

  it('reads numbers as people write them', () => {
    expect([numberOf(' 0,5 '), numberOf('−2'), numberOf(''), numberOf('two')]).toEqual([0.5, -2, NaN, NaN]);
  });
});

describe('a class’s files', () => {
  it('are read where they hold one answer a task', () => {
    expect(file('Ada', given('', '', '', '', '')).name).toBe('Ada');
    const text = formatAnswers({ name: 'A', model: '', prompt: '', sheet, answers: given('1') });
    expect([parseAnswers(text), parseAnswers('{}'), parseAnswers('x')]).toEqual([null, null, null]);
  });

  it('are refused where a probability is none, and where they are larger than any such file', () => {
    const of = (given: number, name = 'A') =>
      parseAnswers(
        formatAnswers({
          name,
          model: '',
          prompt: '',
          sheet: { ...sheet, tasks: TASKS.slice(0, 1) },
          answers: [{ given: 'x', model: { token: 'x', best: 0.5, given } }]
        })
      );
    expect(of(0.5)).not.toBeNull();
    expect([of(-0.1), of(1.1), of(1e300), of(0.5, 'A'.repeat(1_000_000))]).toEqual([null, null, null, null]);
  });

  it('are counted, or refused, whatever they hold', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const answer = fc.record(
      { given: fc.string(), model: fc.record({ token: fc.string(), best: share, given: share }) },
      { requiredKeys: ['given'] }
    );
    const answers = anySheet.chain((sheet) =>
      fc.record({
        kind: fc.constant('gpt2-lens answers'),
        version: fc.constant(1),
        saved: fc.string(),
        name: fc.string(),
        model: fc.string(),
        prompt: fc.string(),
        sheet: fc.constant(sheet),
        answers: fc.array(answer, { minLength: sheet.tasks.length, maxLength: sheet.tasks.length })
      })
    );
    const text = fc.oneof(
      answers.map((whole) => JSON.stringify(whole)),
      damaged(answers),
      fc.json()
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
        const read = texts.map(parseAnswers).filter((file) => file !== null);
        const files = read.reduce<readonly AnswersFile[]>((all, one) => withFile(all, one).files, []);
        expect(classTable(files)).toHaveLength(files.length);
        for (const result of classResults(files)) expect(result.right).toBeLessThanOrEqual(result.judged);
      })
    );
  });

  it('hold one file a pupil, the newest, and one worksheet', () => {
    const old = file('Ada', given('', '1.1', '', '', ''), '2026-01-01T10:00:00Z');
    const newer = file('Ada', given('', '8.2', '', '', ''), '2026-01-01T11:00:00Z');
    expect(withFile([old], newer)).toEqual({ files: [newer], isOther: false });
    expect(withFile([newer], old)).toEqual({ files: [newer], isOther: false });
    const other = { ...newer, sheet: { ...sheet, title: 'Another' } };
    expect(withFile([newer], other)).toEqual({ files: [newer], isOther: true });
    const bob = file('Bob', given('', '', '', '', ''));
    expect(withFile([bob], newer).files.map(({ name }) => name)).toEqual(['Ada', 'Bob']);
  });

  it('are counted task by task', () => {
    const model = (mine: number) => ({ token: 'x', best: 0.5, given: mine });
    const files = Array.from({ length: 30 }, (_, i) =>
      file(`P${String(i).padStart(2, '0')}`, [
        { given: i < 10 ? 'x' : 'y', model: model(i < 10 ? 0.5 : 0.1) },
        { given: i < 20 ? '8.2' : '0.0' },
        { given: '' },
        { given: '0.24' },
        { given: 'words' }
      ])
    );
    const [token, head, position, number, text] = classResults(files);
    expect([token.right, token.judged, token.shares.length, token.shares[29]]).toEqual([
      10,
      30,
      30,
      { name: 'P29', given: 0.1, best: 0.5 }
    ]);
    expect([head.right, head.counts]).toEqual([
      20,
      [
        { given: '8.2', pupils: 20 },
        { given: '0.0', pupils: 10 }
      ]
    ]);
    expect([position.answered, position.counts]).toEqual([0, []]);
    expect([number.right, text.judged, text.answered]).toEqual([30, 0, 30]);
    expect(classTable(files)[0]).toEqual(['P00', 'x ✓', '8.2 ✓', '', '0.24 ✓', 'words']);
    expect(classResults([])).toEqual([]);
  });
});
