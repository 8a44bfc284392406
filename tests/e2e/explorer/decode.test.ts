import { describe, expect, it } from 'vitest';
import { eventually } from '../page.ts';
import { useExplorer } from '../session.ts';
import { answer, decodeQuery, DecodePage, fixture, NEW_TOKENS } from './decode-page.ts';
import { expectPercent, expectShown, parseShown } from './shown.ts';

/** "When Mary and John went to the store, John gave a drink to" and "Once upon a time". */
const NAMES = [2215, 5335, 290, 1757, 1816, 284, 262, 3650, 11, 1757, 2921, 257, 4144, 284];
const ONCE = [7454, 2402, 257, 640];

const session = useExplorer();

async function openDecode(query: string): Promise<DecodePage> {
  const decode = new DecodePage(await session.open({ query }));
  await eventually(() => decode.explorer.tab('Decode').getAttribute('aria-selected')).toBe('true');
  return decode;
}

describe('step by step', () => {
  it.each([
    ['the best token', {}],
    ['a repetition penalty of 1.2', { repetition_penalty: 1.2 }],
    ['no n-gram twice', { no_repeat_ngram_size: 2 }]
  ])('goes on as Hugging Face’s generate does: %s', async (_, settings) => {
    const { sequences } = answer(fixture.greedy, NAMES, settings);
    const decode = await openDecode(
      decodeQuery(NAMES, { ...settings, do_sample: 0, max_new_tokens: NEW_TOKENS - 2 })
    );
    await decode.step.click();
    await decode.settled(1);
    await decode.step.click();
    await decode.settled(2);
    await decode.run.click();
    const { length } = sequences[0];
    await decode.settled(length);
    expect(decode.generated()).toEqual(sequences[0]);
    const speed = decode.page.getByText(/^[\d.]+ tokens\/s/);
    expect(await speed.innerText()).toContain(`(${length - 2} in `);
  });

  it('shows what each processor removed, before and after', async () => {
    const decode = await openDecode(decodeQuery(NAMES, { do_sample: 1 }));
    await decode.processor('top_k').getByRole('slider').fill('16'); // that stop is 5
    const fact = decode.processor('top_k').locator('p');
    await eventually(() => fact.innerText()).toMatch(/^removed 50,252 tokens with [\d.]+ % · 5 left$/);
    const rows = decode.page.locator('[data-token]');
    const cells = await rows.evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('.value')].map((cell) => cell.textContent))
    );
    const kept = cells.filter(([, after]) => after !== 'removed');
    expect(kept).toHaveLength(5);
    const before = kept.map(([text]) => parseShown(text.replace(' %', '')).value);
    const total = before.reduce((sum, value) => sum + value, 0);
    kept.forEach(([, after], i) => {
      const shown = parseShown(after.replace(' %', ''));
      expect(Math.abs(shown.value - (100 * before[i]) / total)).toBeLessThan(0.5); // both are rounded
    });
    const removed = /with ([\d.]+) %/.exec(await fact.innerText())![1];
    expect(Math.abs(Number(removed) - (100 - total))).toBeLessThan(0.3);
  });

  it('draws the token that the pointer falls on, from the seed, and says so', async () => {
    const decode = await openDecode(decodeQuery(NAMES, { seed: 7, temperature: 1.3 }));
    const chosen = await decode.chosenId();
    const [, draw, from, to] = /draw ([\d.]+) falls on .* lies from ([\d.]+) to ([\d.]+)\./.exec(
      await decode.whyText()
    )!;
    // numpy.random.RandomState(7).random_sample(14)[13]
    expect(draw).toBe('0.0659');
    expect(Number(from)).toBeLessThanOrEqual(Number(draw));
    expect(Number(to)).toBeGreaterThanOrEqual(Number(draw));
    await decode.step.click();
    await decode.settled(1);
    expect(decode.generated()).toEqual([chosen]);
  });

  it('adds the same tokens one by one and all at once, and undoes them', async () => {
    const settings = { seed: 3, top_p: 0.95, temperature: 0.9, max_new_tokens: 6 };
    const decode = await openDecode(decodeQuery(ONCE, settings));
    await decode.run.click();
    await decode.settled(6);
    const atOnce = decode.generated();
    await decode.button('Start over').click();
    await decode.settled(0);
    for (let count = 1; count <= 6; count++) {
      await decode.step.click();
      await decode.settled(count);
    }
    expect(decode.generated()).toEqual(atOnce);
    await decode.button('Undo').click();
    await decode.settled(5);
    expect(decode.generated()).toEqual(atOnce.slice(0, 5));
  });

  it('shows what an added token was chosen from, and goes back to it', async () => {
    const { sequences } = answer(fixture.greedy, NAMES, {});
    const generated = sequences[0].slice(0, 6);
    const decode = await openDecode(decodeQuery(NAMES, { do_sample: 0, generated: generated.join('.') }));
    await decode.settled(6);
    for (const step of [0, 3, 5]) {
      await decode.addedToken(step).click();
      await eventually(() => decode.chosenId()).toBe(generated[step]);
      await eventually(() => decode.explorer.link().get('step')).toBe(String(step));
    }
    await decode.page.keyboard.press('ArrowLeft');
    await eventually(() => decode.explorer.link().get('step')).toBe('4');
    await decode.button('Go back to here').click();
    await decode.settled(4);
  });

  it('opens the text as the prompt, with the position that predicted the chosen token', async () => {
    const decode = await openDecode(decodeQuery(NAMES, { generated: '262.3650', do_sample: 0 }));
    await decode.settled(2);
    await decode.addedToken(1).click();
    await decode.button('Open as prompt').click();
    await eventually(async () => (await decode.explorer.chips()).length).toBe(16);
    await decode.explorer.idle();
    expect((await decode.explorer.chips()).map(({ id }) => id)).toEqual([...NAMES, 262, 3650]);
    expect(await decode.explorer.position()).toBe(14);
    await eventually(() => decode.generated()).toEqual([]); // the link follows a moment later
    await decode.explorer.openTab('Attention');
    await eventually(() => decode.explorer.title()).toMatch(/^Head/);
  });

  it('streams, stays usable, and keeps what has come when it is cancelled', async () => {
    const decode = await openDecode(decodeQuery(ONCE, { max_new_tokens: 400, seed: 5 }));
    await decode.run.click();
    const streamed = decode.added.locator('.coming');
    await eventually(() => streamed.count()).toBeGreaterThan(3);
    await decode.explorer.radio('Scale of the bars', 'log').click();
    await eventually(() =>
      decode.explorer.radio('Scale of the bars', 'log').getAttribute('aria-checked')
    ).toBe('true');
    expect(await decode.cancel.count()).toBe(1); // still running
    await decode.cancel.click();
    await eventually(() => decode.step.isEnabled()).toBe(true);
    const count = await decode.addedCount();
    expect(count).toBeGreaterThan(3);
    expect(count).toBeLessThan(400);
    await decode.settled(count);
  });
});

describe('the beam tree', () => {
  it.each([2, 3, 4])('finds what Hugging Face’s beam search finds: %i beams', async (num_beams) => {
    const { sequences } = answer(fixture.beams, ONCE, { num_beams });
    const decode = await openDecode(
      decodeQuery(ONCE, { decode: 'beams', num_beams, max_new_tokens: NEW_TOKENS })
    );
    await eventually(async () => (await decode.beamRows())[0]?.state).toBe('winner');
    expect((await decode.beamRows())[0].ids).toEqual(sequences[0]);
  });

  it('lists all returned sequences with their scores', async () => {
    const { sequences, scores } = answer(fixture.beams, ONCE, {
      num_beams: 4,
      num_return_sequences: 4
    });
    const decode = await openDecode(
      decodeQuery(ONCE, { decode: 'beams', num_beams: 4, max_new_tokens: NEW_TOKENS })
    );
    await eventually(async () => (await decode.beamRows())[0]?.state).toBe('winner');
    const rows = await decode.beamRows();
    expect(rows.map(({ ids }) => ids)).toEqual(sequences);
    rows.forEach(({ score }, i) => expectShown(score, scores![i], `score ${i}`));
  });

  it('steps back to the beams of an early step, and the link holds it', async () => {
    const decode = await openDecode(decodeQuery(ONCE, { decode: 'beams', num_beams: 2, max_new_tokens: 4 }));
    await eventually(async () => (await decode.beamRows())[0]?.state).toBe('winner');
    expect(await decode.nodes.count()).toBe(16);
    await decode.button('Back').click();
    await decode.button('Back').click();
    await eventually(() => decode.explorer.link().get('beam_step')).toBe('1');
    expect(await decode.nodes.count()).toBe(8);
    const rows = await decode.beamRows();
    expect(rows.map(({ state }) => state)).toEqual(['continued', 'continued']);
    expect(rows.map(({ ids }) => ids.length)).toEqual([2, 2]);
    await decode.nodes.first().focus();
    await decode.page.keyboard.press('ArrowDown');
    expect(await decode.nodes.nth(1).evaluate((node) => node === document.activeElement)).toBe(true);
  });

  it('searches anew when a setting changes', async () => {
    const decode = await openDecode(
      decodeQuery(ONCE, { decode: 'beams', num_beams: 2, max_new_tokens: NEW_TOKENS })
    );
    await decode.explorer.radio('Number of beams', '3').click();
    const { sequences } = answer(fixture.beams, ONCE, { num_beams: 3 });
    await eventually(async () => (await decode.beamRows())[0]?.ids).toEqual(sequences[0]);
    await eventually(() => decode.explorer.link().get('num_beams')).toBeNull(); // 3 is the default
  });
});

describe('the comparison', () => {
  it('runs the prompt under each column’s settings', async () => {
    const greedy = answer(fixture.greedy, ONCE, {}).sequences[0];
    const beams = answer(fixture.beams, ONCE, { num_beams: 3 }).sequences[0];
    const decode = await openDecode(
      decodeQuery(ONCE, { decode: 'compare', columns: 'best_best-b3', max_new_tokens: NEW_TOKENS })
    );
    await eventually(() => decode.page.getByText('full length').count()).toBe(2);
    const outputs = decode.page.getByTestId('column-output');
    const ids = await outputs.evaluateAll((all) => all.map((one) => one.getAttribute('data-ids')));
    expect(ids).toEqual([greedy.join(' '), beams.join(' ')]);
    await decode.button('Open as prompt').nth(1).click();
    await eventually(async () => (await decode.explorer.chips()).length).toBe(ONCE.length + NEW_TOKENS);
    expect((await decode.explorer.chips()).slice(ONCE.length).map(({ id }) => id)).toEqual(beams);
  });

  it('adds and removes columns, which the link holds', async () => {
    const decode = await openDecode(
      decodeQuery(ONCE, { decode: 'compare', columns: 'sample-t0.7-s3', max_new_tokens: 4 })
    );
    await decode.button('Add a column').click();
    await eventually(() => decode.explorer.link().get('columns')).toBe('sample-t0.7-s3_sample-t0.7-s4');
    await eventually(() => decode.page.getByText('full length').count()).toBe(2);
    await decode.button('Remove column 1').click();
    await eventually(() => decode.explorer.link().get('columns')).toBe('sample-t0.7-s4');
  });
});

describe('the loss', () => {
  it('is Hugging Face’s, token by token', async () => {
    const { ids, loss, perplexity, log_probabilities, rank_bounds } = fixture.loss;
    const decode = await openDecode(decodeQuery(ids, { decode: 'loss' }));
    const text = (name: string) => decode.page.getByTestId(name).innerText();
    await eventually(() => decode.page.getByTestId('mean-loss').count()).toBe(1);
    expectShown((await text('mean-loss')).replace(/\s*nats$/, ''), loss);
    expectShown(await text('perplexity'), perplexity);
    const rows = await decode.explorer.table('The loss of every token');
    expect(rows).toHaveLength(189);
    rows.forEach(([position, , probability, rank, , logProbability], i) => {
      expect(position).toBe(String(i + 1));
      expectPercent(probability, Math.exp(log_probabilities[i]), `probability ${i}`);
      expectShown(logProbability, log_probabilities[i], `log-probability ${i}`);
      const place = Number(rank.replaceAll(',', ''));
      expect(place).toBeGreaterThanOrEqual(rank_bounds[i][0]);
      expect(place).toBeLessThanOrEqual(rank_bounds[i][1]);
    });
  });

  it('shows what was expected where the pointer or the focus is', async () => {
    const decode = await openDecode(decodeQuery(NAMES, { decode: 'loss' }));
    const token = (position: number) => decode.page.locator(`.text button[data-position="${position}"]`);
    const detail = decode.page.getByRole('region', { name: /^What was expected at position/ });
    await token(2).hover();
    await eventually(() => detail.getAttribute('aria-label')).toBe('What was expected at position 2');
    await decode.page.mouse.move(0, 0);
    await token(13).focus();
    await decode.page.keyboard.press('ArrowLeft');
    await eventually(() => detail.getAttribute('aria-label')).toBe('What was expected at position 12');
    await eventually(() => decode.explorer.position()).toBe(12);
    await decode.explorer.radio('Colour shows', 'rank').click();
    await eventually(() => decode.explorer.link().get('loss')).toBe('rank');
  });
});
