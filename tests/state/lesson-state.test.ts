import { describe, expect, it } from 'vitest';
import type { CellContext, CellOutcome, CellProgram } from '../../src/lib/cells/index.ts';
import type { CellListener } from '../../src/lib/engine/sandbox/cell-service.ts';
import { LessonState } from '../../src/lib/state/lesson.svelte.ts';

const programs = ['a', 'b', 'c'].map((id) => ({ id, code: `${id};` }));
const context: CellContext = { prompt: 'x', ids: [1], layer: 0, head: 0, position: 0 };

function outcomeOf(code: string): CellOutcome {
  const spent = { printed: [], milliseconds: 1 };
  if (code.includes('throw')) {
    const failure = { error: 'Error: thrown', line: 1, column: 1, inCell: null, hint: null };
    return { ok: false, ...failure, ...spent };
  }
  return { ok: true, value: { kind: 'text', text: code }, ...spent };
}

/** A runner that records what it is given and answers at once. */
function setUp() {
  const runs: (readonly CellProgram[])[] = [];
  const lesson = new LessonState(['a', 'b', 'c'], programs);
  lesson.use(() => ({
    async run(given: readonly CellProgram[], _context: CellContext, listener: CellListener) {
      runs.push(given);
      for (const { id, code } of given) {
        listener.onstart(id);
        const outcome = outcomeOf(code);
        listener.onoutcome(id, outcome);
        if (!outcome.ok) return;
      }
    },
    stop() {},
    restart() {},
    dispose() {}
  }));
  const status = () => programs.map(({ id }) => lesson.stateOf(id).status);
  return { lesson, runs, status };
}

describe('LessonState', () => {
  it('runs every cell of its own when prompt, layer, head or position change', () => {
    const { lesson, runs, status } = setUp();
    expect(runs).toHaveLength(0);
    lesson.follow(context);
    lesson.follow({ ...context, layer: 1 });
    const own = programs.map((program) => ({ ...program, own: true }));
    expect(runs).toEqual([own, own]);
    expect(status()).toEqual(['done', 'done', 'done']);
  });

  it('never runs a text from a link by itself, nor what stands below it', () => {
    const { lesson, runs, status } = setUp();
    expect(lesson.open('edit.b=evil()')).toEqual([]);
    lesson.follow(context);
    expect(runs.flat().map(({ code }) => code)).toEqual(['a;']);
    expect(status()).toEqual(['done', 'held', 'left']);
  });

  it('runs a changed text when Run is pressed on it, and then follows with it', () => {
    const { lesson, runs, status } = setUp();
    lesson.follow(context);
    lesson.edit('b', 'mine;');
    expect(status()).toEqual(['done', 'held', 'left']);
    expect(runs).toHaveLength(1);
    lesson.runTo('b');
    expect(runs.at(-1)!.map(({ code }) => code)).toEqual(['a;', 'mine;', 'c;']);
    lesson.follow({ ...context, head: 2 });
    expect(runs.at(-1)!.map(({ code }) => code)).toEqual(['a;', 'mine;', 'c;']);
    const before = lesson.stateOf('c').outcome;
    lesson.edit('b', 'mine again;');
    expect(status()).toEqual(['done', 'held', 'left']);
    expect(lesson.stateOf('c').outcome, 'the last result stays to be seen').toBe(before);
  });

  it('runs from a cell on, everything, and the own cells where they stand', () => {
    const { lesson, runs } = setUp();
    lesson.follow(context);
    const mine = lesson.add('a');
    lesson.edit(mine, 'own;');
    lesson.edit('c', 'changed;');
    lesson.runTo('b');
    expect(
      runs.at(-1)!.map(({ id }) => id),
      'the own cell waits'
    ).toEqual(['a']);
    lesson.runFrom(mine);
    expect(runs.at(-1)!.map(({ code }) => code)).toEqual(['a;', 'own;', 'b;', 'changed;']);
    expect(lesson.link).toContain('cell.mine-1=a');
    lesson.restart();
    expect(runs.at(-1)!.map(({ id }) => id)).toEqual(['a']);
    expect(lesson.stateOf(mine).status).toBe('held');
    lesson.runAll();
    expect(runs.at(-1)).toHaveLength(4);
    lesson.remove(mine);
    expect(runs.at(-1)!.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(lesson.link).not.toContain('mine');
  });

  it('marks texts of the link until they are changed here', () => {
    const { lesson } = setUp();
    lesson.open('edit.b=theirs&cell.mine-1=a&edit.mine-1=theirs too');
    expect([...lesson.given].sort()).toEqual(['b', 'mine-1']);
    lesson.edit('b', 'mine');
    expect(lesson.given).toEqual(['mine-1']);
  });

  it('tells the last changed cell that its worker was lost, and runs none of them by itself', () => {
    const { lesson, runs, status } = setUp();
    lesson.follow(context);
    lesson.edit('b', 'mine;');
    lesson.runTo('b');
    lesson.lose();
    expect(lesson.stateOf('b').outcome).toMatchObject({ ok: false, hint: { code: 'lost' } });
    expect(status()).toEqual(['done', 'done', 'left']);
    lesson.follow({ ...context, layer: 1 });
    expect(runs.at(-1)!.map(({ id }) => id)).toEqual(['a']);
  });

  it('does not run a changed cell because one below it is run, unless all above are asked for', () => {
    const { lesson, status } = setUp();
    lesson.follow(context);
    lesson.edit('a', 'mine;');
    lesson.runTo('c');
    expect(status()).toEqual(['held', 'left', 'left']);
    lesson.runAllTo('c');
    expect(status()).toEqual(['done', 'done', 'done']);
  });

  it('leaves the cells below one that fails, and does not run it again by itself', () => {
    const { lesson, runs, status } = setUp();
    lesson.follow(context);
    lesson.edit('b', 'throw 1;');
    lesson.runTo('b');
    expect(status()).toEqual(['done', 'done', 'left']);
    expect(lesson.stateOf('b').outcome).toMatchObject({ ok: false });
    lesson.follow({ ...context, layer: 3 });
    expect(runs.at(-1)!.map(({ id }) => id)).toEqual(['a']);
    expect(lesson.stateOf('b'), 'its error stays').toMatchObject({ status: 'held', outcome: { ok: false } });
  });

  it('restores its own text, and keeps changes in the link', () => {
    const { lesson, status } = setUp();
    lesson.follow(context);
    lesson.edit('b', 'mine;');
    expect(lesson.link).toBe('edit.b=mine%3B');
    lesson.edit('b', 'b;');
    expect(lesson.isEdited('b')).toBe(false);
    expect(lesson.link).toBe('');
    expect(status()).toEqual(['done', 'done', 'done']);
  });

  it('goes step by step, to the ends and no further', () => {
    const { lesson } = setUp();
    lesson.go(-1);
    expect(lesson.step).toBe('a');
    lesson.go(1);
    lesson.go(5);
    expect(lesson.step).toBe('c');
    expect(lesson.stepIndex).toBe(2);
  });

  it('says what kept the cells from running', async () => {
    const lesson = new LessonState(['a'], programs);
    lesson.use(() => ({
      run: () => Promise.reject(new Error('offline')),
      stop() {},
      restart() {},
      dispose() {}
    }));
    lesson.follow(context);
    await Promise.resolve();
    await Promise.resolve();
    expect(lesson.failure).toBe(
      'The cells could not be run (offline). Check the connection and reload the page.'
    );
  });

  it('runs a cell alone: with those above it, and with those below left as they are', () => {
    const { lesson, runs, status } = setUp();
    lesson.follow(context);
    lesson.edit('b', 'b2;');
    lesson.runAlone('b');
    expect(runs.at(-1)!.map(({ code }) => code)).toEqual(['a;', 'b2;']);
    expect(status()).toEqual(['done', 'done', 'left']);
    lesson.runTo('c');
    expect(status()).toEqual(['done', 'done', 'done']);
  });

  it('opens saved cells as if they had come with a link: nothing of them runs before Run', () => {
    const { lesson } = setUp();
    lesson.follow(context);
    lesson.edit('c', 'c2;');
    lesson.add('a');
    const { edits, added } = lesson.cells;
    expect([edits, added]).toEqual([{ c: 'c2;' }, [{ id: 'mine-1', after: 'a' }]]);
    const other = setUp();
    other.lesson.follow(context);
    other.lesson.edit('c', 'c2;');
    other.lesson.runTo('c'); // the same text has run here before
    expect(other.lesson.openCells({ edits, added })).toEqual([]);
    expect(other.status()).toEqual(['done', 'done', 'held']);
    expect(other.lesson.isGiven('c')).toBe(true);
  });

  it('waits for an answer where steps are gated, and only there', () => {
    const lesson = new LessonState(['a', 'b', 'c'], programs, ['b']);
    lesson.open('mode=step&gate=1&lesson_step=b');
    expect([lesson.gated, lesson.waits]).toEqual([true, true]);
    lesson.go(1);
    expect(lesson.step).toBe('b');
    lesson.go(-1);
    expect([lesson.step, lesson.waits]).toEqual(['a', false]);
    lesson.go(1);
    lesson.answer('b');
    lesson.go(1);
    expect([lesson.step, lesson.link]).toEqual(['c', 'mode=step&gate=1&lesson_step=c']);
    lesson.goTo('b');
    lesson.mode = 'read';
    expect(lesson.waits).toBe(false);
  });
});
