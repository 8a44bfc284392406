/** Cells: they run when asked, reach no network, no storage and nothing of the page, and are stopped. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../browser.ts';
import { eventually, linkIn } from '../page.ts';
import { policyReports } from '../policy-reports.ts';
import { openLesson, type LessonPage } from './lesson-page.ts';

/** For what starts a worker and reads the model anew, on a busy machine. */
const LONG_MS = 120_000;
const inTime = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: LONG_MS, interval: 100 });

/** What a cell may try, and the name by which it is refused. */
const ATTEMPTS: Readonly<Record<string, string>> = {
  fetch: "await fetch('/models/models.json')",
  'fetch of another host': "await fetch('https://other.example/?stolen')",
  XMLHttpRequest: "new XMLHttpRequest().open('GET', '/')",
  WebSocket: "new WebSocket('wss://other.example')",
  EventSource: "new EventSource('/')",
  importScripts: "importScripts('/a.js')",
  'import()': "await import('/a.js')",
  indexedDB: "indexedDB.open('a')",
  caches: "await caches.open('a')",
  'navigator.storage': 'await navigator.storage.getDirectory()',
  localStorage: "localStorage.setItem('a', '1')",
  BroadcastChannel: "new BroadcastChannel('a')",
  close: 'close()',
  parent: 'parent.document',
  top: 'top.location',
  document: 'document.cookie'
};

/** The same without the sentences that the page puts in the place of each: a worker within has everything that a browser gives. */
const RAW = `
const tries = {
  fetch: () => fetch('ORIGIN/models/models.json', { mode: 'no-cors' }),
  xhr: () => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.onload = resolve;
    request.onerror = () => reject(new Error('no'));
    request.open('GET', 'ORIGIN/');
    request.send();
  }),
  socket: () => new Promise((resolve, reject) => {
    const socket = new WebSocket('ORIGIN/'.replace('http', 'ws'));
    socket.onopen = resolve;
    socket.onerror = reject;
  }),
  import: () => import('ORIGIN/_app/version.json'),
  indexedDB: () => new Promise((resolve, reject) => {
    const request = indexedDB.open('a');
    request.onsuccess = resolve;
    request.onerror = reject;
  }),
  caches: () => caches.open('a'),
  files: () => navigator.storage.getDirectory(),
  locks: () => navigator.locks.request('a', () => {}),
  channel: () => new BroadcastChannel('page').postMessage('from a cell')
};
const said = {};
Promise.all(Object.entries(tries).map(async ([name, attempt]) => {
  try { await attempt(); said[name] = 'allowed'; } catch { said[name] = 'refused'; }
})).then(() => postMessage({ origin: self.origin, ...said }));`;

let browser: Browser;
let lesson: LessonPage;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(async () => {
  const { complaints } = lesson;
  await lesson.close();
  expect(complaints.filter((text) => !/Content Security Policy|not sandboxed/.test(text))).toEqual([]);
});

async function run(code: string, cell = 'wte'): Promise<string> {
  await lesson.write(cell, code);
  await lesson.button(cell, 'Run').click();
  const text = () => lesson.cell(cell).innerText();
  await inTime(text).not.toMatch(/has not been run|Running|From before/);
  return lesson.out(cell).innerText();
}

describe('a cell that reaches for what is not its own', () => {
  it('is refused by name, one thing after another, and other cells run as before', async () => {
    lesson = await openLesson(browser, 'deep-dive/');
    await lesson.ran('allclose');
    const tries = Object.entries(ATTEMPTS).map(
      ([name, code]) =>
        `try { ${code}; said.push(${JSON.stringify(`${name}: got it`)}); } catch (error) { said.push(${JSON.stringify(`${name}: `)} + error.message); }`
    );
    const out = await run(`const said = [];\n${tries.join('\n')}\nconsole.log(said.join('\\n'));`);
    expect(out).not.toContain('got it');
    for (const name of Object.keys(ATTEMPTS)) expect(out).toContain(`${name}: `);
    expect(out).toContain('indexedDB is not there for cells: they run in a sandbox without network');
    expect(await run("await fetch('https://other.example/');")).toContain(
      'SandboxError: fetch is not there for cells'
    );
    expect(await run('model.weights.wte.shape[0];')).toContain('50257');
    await policyReports(); // import() was the browser's to refuse
  });

  it('is refused by the browser too: neither network nor storage, nor the page, is within reach', async () => {
    lesson = await openLesson(browser, 'deep-dive/');
    await lesson.ran('wte');
    await lesson.page.evaluate(() => {
      Object.assign(window, { heard: [] as unknown[] });
      const channel = new BroadcastChannel('page');
      channel.onmessage = ({ data }) => (window as unknown as { heard: unknown[] }).heard.push(data);
    });
    const { origin } = new URL(lesson.page.url());
    const out = await run(`
      const source = ${JSON.stringify(RAW.replaceAll('ORIGIN', origin))};
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      console.log(JSON.stringify(await new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)))));`);
    const said = JSON.parse(out) as Record<string, string>;
    const refused = ['fetch', 'xhr', 'socket', 'import', 'indexedDB', 'caches', 'files', 'locks'];
    expect(Object.fromEntries(refused.map((name) => [name, said[name]]))).toEqual(
      Object.fromEntries(refused.map((name) => [name, 'refused']))
    );
    expect(said.origin).toBe('null');
    expect(await lesson.page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([]);
    expect((await policyReports()).length).toBeGreaterThan(0);
  });
});

describe('a cell that does not end', () => {
  it('is stopped at once by Stop and by a newer run, whose text is the one that is run', async () => {
    lesson = await openLesson(browser, 'deep-dive/');
    await lesson.ran('allclose');
    await lesson.write('wte', 'while (true) {}');
    await lesson.button('wte', 'Run').click();
    await lesson.button('wte', 'Stop').click();
    await eventually(() => lesson.out('wte').innerText()).toContain('You stopped the cell.');
    await lesson.button('wte', 'Run').click();
    await lesson.button('wte', 'Stop').waitFor(); // though it had a result before
    await lesson.write('wte', '40 + 2');
    const since = Date.now();
    await lesson.button('wte', 'Run').click();
    await inTime(() => lesson.out('wte').innerText()).toMatch(/^42/);
    expect(Date.now() - since).toBeLessThan(19_000);
  });

  it('after its end is noticed', async () => {
    lesson = await openLesson(browser, 'deep-dive/');
    await lesson.ran('allclose');
    await lesson.write('allclose', 'setTimeout(() => { for (;;) {} }, 100); 7'); // the last one: no other runs after it
    await lesson.button('allclose', 'Run').click();
    await inTime(() => lesson.out('allclose').innerText()).toContain(
      'something that it had started kept the worker busy'
    );
    expect(await run('40 + 2', 'allclose')).toMatch(/^42/);
  });
});

describe('what a cell gives', () => {
  it('is told plainly where it cannot be drawn', async () => {
    lesson = await openLesson(browser, 'deep-dive/');
    await lesson.ran('wte');
    expect(await run('({ shape: [2, 3], data: new Float32Array(5) });')).toContain(
      'shape [2, 3] has 6 values, but its data has 5'
    );
    expect(await run('({ get a() { throw new Error("mine"); } });')).toContain('Error: mine');
    expect(await run('throw { toString() { throw 1; } };')).toContain('cannot be written as a text');
    expect(
      await run(
        'void Promise.reject(new Error("late")); await 0; await new Promise((go) => setTimeout(go, 50));'
      )
    ).toContain('Thrown after its cell had ended: Error: late');
  });

  it('comes from a text that the link brought only after Run, and a notice says so', async () => {
    lesson = await openLesson(browser, `deep-dive/?edit.wte=${encodeURIComponent('1 + 1')}`);
    const notice = lesson.page
      .getByRole('note')
      .filter({ hasText: 'This link brings its own text for 1 cell' });
    await notice.waitFor();
    await inTime(() => lesson.cell('wte').innerText()).toContain(
      'This text came with the link and has not been run.'
    );
    await lesson.button('wte', 'Run').click();
    await inTime(() => lesson.out('wte').innerText()).toMatch(/^2/);
  });
});

describe("cells of one's own", () => {
  it('are added, run among the others, kept in the link, which waits for Run, and removed', async () => {
    lesson = await openLesson(browser, 'deep-dive/');
    await lesson.ran('allclose');
    await lesson.page.getByRole('button', { name: 'Add a cell under wte' }).click();
    const own = lesson.page.getByRole('region', { name: 'Your own cell: mine-1' });
    await own.locator('.cm-content').focus();
    await lesson.page.keyboard.insertText('const mine = model.config.n_embd + 1;');
    await own.getByRole('button', { name: 'Run mine-1' }).click();
    await inTime(() => lesson.out('mine-1').innerText()).toContain('193');
    expect(await run('mine + 1', 'input_embeds')).toMatch(/^194/);
    await eventually(() => Promise.resolve(new URL(lesson.page.url()).hash)).toContain('cell.mine-1=wte');

    const link = lesson.page.url();
    const second = await lesson.page.context().newPage();
    await second.goto(link);
    await second.getByTestId('out-wte').waitFor();
    expect(await second.getByTestId('out-mine-1').count()).toBe(0);
    await second.getByRole('button', { name: 'Run all', exact: true }).click();
    await inTime(() => second.getByTestId('out-input_embeds').innerText()).toMatch(/^194/);
    await second.getByRole('button', { name: 'Restart', exact: true }).click();
    await inTime(() => second.getByRole('region', { name: 'Your own cell: mine-1' }).innerText()).toContain(
      'has not been run'
    );
    await second.close();

    await own.getByRole('button', { name: 'Remove mine-1' }).click();
    expect(await own.count()).toBe(0);
    await inTime(() => lesson.out('input_embeds').innerText()).toContain('mine is not defined');
  });
});

describe('a cell of the reader', () => {
  it('runs when asked, and its text is in the link', async () => {
    lesson = await openLesson(browser, 'deep-dive/');
    await lesson.ran('allclose');
    await lesson.write('wte', 'model.weights.wte.shape[0] + layer;');
    expect(await lesson.cell('wte').innerText()).toContain('was changed and has not been run');
    await lesson.button('wte', 'Run').click();
    await eventually(() => lesson.out('wte').innerText()).toContain('50257');
    await eventually(() => linkIn(lesson.page).get('edit.wte')).toBe('model.weights.wte.shape[0] + layer;');
    await lesson.button('wte', 'Restore').click();
    await eventually(() => lesson.out('wte').innerText()).toContain('Embedding(50257, 192)');
  });

  it('prints in light colours with code and results, without what is pressed', async () => {
    lesson = await openLesson(browser, 'deep-dive/');
    const { page } = lesson;
    await lesson.ran('wte');
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await eventually(() => page.locator('html[data-theme="light"]').count()).toBe(1);
    const wte = lesson.cell('wte');
    expect(await wte.locator('pre').first().isVisible()).toBe(true);
    expect(await lesson.out('wte').isVisible()).toBe(true);
    for (const name of ['Run', 'Run alone', 'Edit']) {
      expect(await lesson.button('wte', name).isVisible(), name).toBe(false);
    }
    const pinned = await page.locator('body *').evaluateAll((all) =>
      all
        .filter((one) => /fixed|sticky/.test(getComputedStyle(one).position) && one.checkVisibility())
        .filter((one) => !one.closest('.cell')) // a table's head row is above the table on paper
        .map(({ className }) => String(className))
    );
    expect(pinned).toEqual([]);
  });

  it('is not run by opening a link', async () => {
    const edit = encodeURIComponent("console.log('ran');\n1 + 1;");
    lesson = await openLesson(browser, `deep-dive/?edit.wte=${edit}`);
    await lesson.ran('last_hidden_state');
    await eventually(() => lesson.cell('wte').innerText()).toContain('has not been run');
    expect(await lesson.out('wte').count()).toBe(0);
    expect(await lesson.cell('input_embeds').innerText()).toContain('A cell above must run first.');
    await lesson.button('wte', 'Run').click();
    await eventually(() => lesson.out('wte').innerText()).toContain('ran');
    await lesson.ran('allclose');
  });

  it(
    'that throws, prints 50,257 numbers or never ends is told, and the page goes on',
    { timeout: 300_000 },
    async () => {
      lesson = await openLesson(browser, 'deep-dive/');
      await lesson.ran('allclose');
      await lesson.write('wte', "const a = 1;\nthrow new Error('mine');");
      await lesson.button('wte', 'Run').click();
      await inTime(() => lesson.out('wte').innerText()).toContain('Line 2, column 7. Error: mine');
      await lesson.write('wte', 'const a = [1, 2;');
      await lesson.button('wte', 'Run').click();
      await inTime(() => lesson.out('wte').innerText()).toContain('Line 1, column 16. SyntaxError');
      expect(await lesson.cell('input_embeds').innerText()).toContain('From before the change');
      await lesson.write('wte', "console.log(await trace.logits('last'));\nawait trace.logits('last');");
      await lesson.button('wte', 'Run').click();
      await inTime(() => lesson.out('wte').innerText()).toContain('torch.Size([50257])');
      await lesson.write('wte', 'for (;;) {}');
      await lesson.button('wte', 'Run').click();
      const stopped = lesson.out('wte').getByText('ran longer than 20 s and was stopped');
      await stopped.waitFor({ timeout: LONG_MS });
      await lesson.button('wte', 'Restore').click();
      await inTime(() => lesson.out('wte').innerText()).toContain('Embedding(50257, 192)');
      const back = lesson.button('wte', 'Bring my text back');
      expect(await back.evaluate((button) => button === document.activeElement)).toBe(true);
      await back.click();
      await eventually(() => lesson.cell('wte').getByRole('textbox').innerText()).toBe('for (;;) {}');
      await lesson.button('wte', 'Restore').click();
      await lesson.ran('allclose');
    }
  );
});
