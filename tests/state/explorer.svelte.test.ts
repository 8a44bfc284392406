// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Explorer } from '../../src/lib/state';
import type { FakeEngine } from './fake-engine.ts';
import { useFakePage } from './fake-page.ts';

const page = useFakePage([
  ['gpt2-nano', 8],
  ['other', 8]
]);
const { settle, open, prompts } = page;
let engine: FakeEngine;
let explorer: Explorer;

beforeEach(() => {
  ({ engine, explorer } = page);
});

async function choose(model: string): Promise<void> {
  void explorer.setModel(model);
  await page.finish();
}

describe('Explorer.prompts.type(text)', () => {
  it('runs once, after a pause in typing', async () => {
    await open('?prompt=abc');
    for (const text of ['abcd', 'abcde', 'abcdef']) explorer.prompts.type(text);
    expect(prompts()).toEqual([]);
    await settle();
    expect(prompts()).toEqual(['abcdef']);
  });

  it('cancels the older run, and shows the last finished one until the new one is there', async () => {
    await open('?prompt=abc');
    explorer.prompts.type('abcd');
    await settle();
    const [older] = engine.runs;
    explorer.prompts.type('abcde');
    await settle();
    expect(older.signal.aborted).toBe(true);
    expect(explorer.prompt.run?.T).toBe(3);
    engine.runs[0].finish();
    await settle();
    expect([explorer.prompt.run?.T, explorer.prompt.running]).toEqual([5, false]);
    expect(engine.released).toEqual([1]); // the run that was replaced
  });

  it('takes no token for the prompt before it, from the first letter on', async () => {
    await open('?prompt=abc');
    expect(explorer.nextToken.canAppend).toBe(true);
    explorer.prompts.type('xyz');
    expect(explorer.nextToken.canAppend).toBe(false);
    explorer.nextToken.takeBest();
    await settle();
    expect(explorer.selection.view.prompt).toBe('xyz');
  });

  it('says what is wrong with an empty and with a longer prompt, and keeps run and text', async () => {
    await open('?prompt=abc');
    explorer.prompts.type('');
    await settle();
    expect(explorer.reports.prompt).toMatch(/no token to read yet/);
    explorer.prompts.type('abcdefghij');
    await settle();
    expect(explorer.reports.prompt).toMatch(/10 tokens and this model reads 8\. Shorten it by 2/);
    expect([explorer.prompt.run?.T, explorer.selection.view.prompt, explorer.prompt.running]).toEqual([
      3,
      'abcdefghij',
      false
    ]);
  });

  it('waits for the model, without a complaint', async () => {
    explorer.prompts.type('ab');
    await settle();
    expect([explorer.reports.prompt, explorer.prompt.running, prompts()]).toEqual([null, false, []]);
  });

  it('waits for an engine that starts anew, which has no model yet', async () => {
    await open('?prompt=abc');
    const report = await engine.start();
    let begin = () => {};
    const started = new Promise<typeof report>((resolve) => (begin = () => resolve(report)));
    vi.spyOn(engine, 'start').mockReturnValue(started);
    const asked = vi.spyOn(engine, 'tokenize');
    explorer.setBackend('cpu');
    explorer.prompts.type('xyz');
    await settle();
    expect([asked.mock.calls.length, explorer.reports.failure]).toEqual([0, null]);
    begin();
    await settle();
    expect(prompts()).toEqual(['xyz']);
  });
});

describe('what pictures read of a run', () => {
  it('is cancelled from the first letter on, so that it holds up no new run, and read on if none comes', async () => {
    await open('prompt=abc');
    const stop = $effect.root(() => {
      $effect(() => void explorer.prompt.run?.headMaps(explorer.selection.layer));
    });
    await settle();
    expect(engine.maps).toEqual(['1/1']);
    explorer.prompts.type('abcd');
    expect(engine.maps).toEqual([]);
    explorer.prompts.type('abcdefghij'); // too long: the pictures stay those of abc
    await settle();
    expect(engine.maps).toEqual(['1/1']);
    explorer.prompts.type('abcd');
    await page.finish();
    await settle(); // the run waits a moment for its own maps
    expect(engine.maps).toEqual(['2/1']);
    stop();
  });

  it('is cancelled when another layer is selected', async () => {
    await open('prompt=abc');
    const stop = $effect.root(() => {
      $effect(() => void explorer.prompt.run?.headMaps(explorer.selection.layer));
    });
    await settle();
    explorer.selection.show({ layer: 0 });
    await settle();
    expect(engine.maps).toEqual(['1/0']);
    stop();
  });
});

describe('Explorer.prompts.setBos(bos)', () => {
  it('shifts position and key, so that they stay on their tokens', async () => {
    await open('?prompt=abc&position=1&key=0');
    explorer.prompts.setBos(true);
    expect([explorer.selection.view.position, explorer.selection.view.key]).toEqual([2, 1]);
    explorer.prompts.setBos(false);
    expect([explorer.selection.view.position, explorer.selection.view.key]).toEqual([1, 0]);
  });
});

describe('Explorer.start(text)', () => {
  it('names what a link asks for and this model has not, and shows the usual', async () => {
    await open('?prompt=abc&layer=7&model=gpt9');
    expect(explorer.selection.layer).toBe(1);
    expect(explorer.reports.notices).toEqual([
      "The link's model gpt9 is not here; gpt2-nano is shown.",
      "The link's layer 7 does not exist here (0 to 1); the usual one is shown."
    ]);
  });
});

describe('Explorer choices', () => {
  it('counts what is chosen to be run or opened, and no selection', async () => {
    await open('prompt=abc&view=attention');
    expect(explorer.selection.choices.count).toBe(0);
    explorer.selection.show({ layer: 1, position: 1, temperature: 0.5, view: 'attention' });
    expect(explorer.selection.choices.count).toBe(0);
    for (const [choose, count] of [
      [() => explorer.prompts.open('ab'), 1],
      [() => explorer.prompts.setBos(true), 2],
      [() => explorer.selection.show({ view: 'lens' }), 3],
      [() => explorer.selection.show({ generated: [1] }), 4],
      [() => explorer.setBackend('cpu'), 5]
    ] as const) {
      choose();
      await page.finish();
      expect(explorer.selection.choices.count).toBe(count);
    }
  });

  it('counts a spell of typing once, and what is typed after a pause or another choice anew', async () => {
    await open('prompt=abc');
    for (const text of ['abcd', 'abcde', 'abcdef']) {
      explorer.prompts.type(text);
      await settle();
    }
    expect(explorer.selection.choices.count).toBe(1);
    explorer.prompts.open('ab');
    explorer.prompts.type('abc');
    expect(explorer.selection.choices.count).toBe(3);
    await vi.advanceTimersByTimeAsync(6000);
    explorer.prompts.type('abcd');
    expect(explorer.selection.choices.count).toBe(4);
  });
});

describe('Explorer.reopen(text)', () => {
  it('brings prompt and selection back, runs only what changed, and is no choice', async () => {
    await open('prompt=abc&layer=1&position=1');
    const before = explorer.selection.link;
    explorer.prompts.open('abcd');
    await page.finish();
    explorer.selection.show({ layer: 0, position: 3 });
    void explorer.links.reopen(before);
    await settle();
    expect(prompts()).toEqual(['abc']);
    await page.finish();
    expect([explorer.selection.link, explorer.prompt.run?.T, explorer.selection.position]).toEqual([
      before,
      3,
      1
    ]);
    void explorer.links.reopen(`${before}&head=1`);
    await settle();
    expect([explorer.selection.head, prompts(), explorer.selection.choices.count]).toEqual([1, [], 1]);
  });

  it('goes back to the model before, and to the ids that only it has', async () => {
    await open('prompt=abc&ids=0.1');
    const before = explorer.selection.link;
    await choose('other');
    expect([explorer.selection.view.model, explorer.selection.choices.count]).toEqual(['other', 1]);
    explorer.prompts.open('xyz');
    await page.finish();
    void explorer.links.reopen(before);
    await page.finish();
    expect([explorer.selection.link, explorer.prompt.run?.T, explorer.selection.choices.count]).toEqual([
      before,
      2,
      2
    ]);
  });
});

describe('Explorer.reopen(text) with another backend', () => {
  it('starts it with the model that the link names', async () => {
    await open('prompt=abc');
    void explorer.links.reopen('prompt=abcd&model=other&backend=cpu');
    await page.finish();
    expect([
      explorer.selection.view.model,
      explorer.model.entry?.name,
      explorer.selection.view.backend
    ]).toEqual(['other', 'other', 'cpu']);
    expect(explorer.prompt.run?.T).toBe(4);
  });
});

describe('ids of a link that the model has no row for', () => {
  it('are left out, and named once', async () => {
    await open('prompt=abc&ids=0.300.1.301');
    expect([explorer.selection.view.ids, explorer.prompt.run?.T]).toEqual([[0, 1], 2]);
    expect(explorer.reports.notices).toEqual([
      expect.stringMatching(
        /^Ids of the link that this model has no row for are left out: 300, 301\. It has rows for 0 to /
      )
    ]);
  });

  it('empty no prompt: where no id is left, its text is read', async () => {
    await open('prompt=abc&ids=300.301.302.303.304.305');
    expect([explorer.selection.view.ids, prompts()]).toEqual([null, []]);
    expect([explorer.selection.view.prompt, explorer.prompt.run?.T, explorer.reports.prompt]).toEqual([
      'abc',
      3,
      null
    ]);
    expect(explorer.reports.notices[0]).toContain(': 300, 301, 302, 303, 304, ….');
  });
});

describe('Explorer.dispose()', () => {
  it('ends the engine and gives the run back', async () => {
    await open('?prompt=abc');
    explorer.dispose();
    expect([engine.disposed, engine.released]).toEqual([true, [1]]);
  });
});
