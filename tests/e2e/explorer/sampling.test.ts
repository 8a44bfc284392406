import { describe, expect, it } from 'vitest';
import { eventually } from '../page.ts';
import { useExplorer } from '../session.ts';
import { idsByRank, promptOf, Reference, softmax } from './reference.ts';
import { parsePercent, expectPercent } from './shown.ts';

const prompt = promptOf('names');
const T = prompt.ids.length;
const VOCAB_SIZE = '50,257';
const logits = new Reference('names').lastLogits();
const ranked = idsByRank(logits);

/** NumPy's `np.random.RandomState(seed).random_sample(14)[13]`: the number that decides after 14 tokens. */
const DRAWS: readonly (readonly [seed: number, u: number])[] = [
  [42, 0.21233911067827616],
  [30819, 0.9999874505771343],
  [248276, 0.9999578278327526]
];
const LOW_DRAW = [14, 0.00587378555105833] as const; // draws what 42 draws
/** Place of a top-k on its slider, which is about logarithmic. */
const TOP_K_STOP = { 5: '16', off: '0' };

const session = useExplorer({ query: `?v=1&prompt=${encodeURIComponent(prompt.text)}` });

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Where a number in [0, 1) falls when the probabilities are laid end to end by id. */
function drawn(probabilities: readonly number[], u: number): number {
  let reached = 0;
  return probabilities.findIndex((probability) => (reached += probability) > u);
}

/** Fails unless the bars stand for these probabilities of the whole vocabulary; what is cut has none. */
async function expectBars(probabilities: readonly number[]): Promise<void> {
  const bars = await session.explorer.bars();
  bars.forEach(({ probability, rank }, i) => {
    expect(rank).toBe(String(i + 1));
    const expected = probabilities[ranked[i]];
    if (expected === 0) expect(probability).toBe('cut');
    else expectPercent(probability, expected, `bar ${i}`);
  });
}

async function reset(): Promise<void> {
  const { explorer } = session;
  const button = explorer.page.getByRole('button', { name: /^Reset to the model/ });
  if ((await button.count()) > 0) await button.click();
  await explorer.seed.fill('42');
  await explorer.write(prompt.text);
}

/** Draws, waits for the longer prompt's run, and gives the new token's id. */
async function drawOne(): Promise<number> {
  const { explorer } = session;
  await explorer.draw.click();
  await eventually(() => explorer.count()).toBe(`${T + 1} of 512 tokens`);
  await explorer.idle();
  const chips = await explorer.chips();
  expect(chips.slice(0, T).map(({ id }) => id)).toEqual(prompt.ids);
  return chips[T].id;
}

describe('temperature, top-k and top-p', () => {
  it.each(['0.5', '1.5'])('redraws the bars at temperature %s over the whole vocabulary', async (value) => {
    const { explorer } = session;
    await reset();
    await expectBars(softmax(logits));
    await explorer.slider('temperature').fill(value);
    await eventually(() => explorer.predictionText()).toContain(`Logits are divided by ${value}: `);
    const tempered = softmax(logits, Number(value));
    await expectBars(tempered);
    const shown = /shown · ((?:> )?\S+ %) of the probability/.exec(await explorer.predictionText());
    expectPercent(shown![1], sum(ranked.slice(0, 12).map((id) => tempered[id])), 'mass of the bars');
    await eventually(() => explorer.link().get('temperature')).toBe(value);
  });

  it('keeps the best k, states what was cut and renormalises the rest', async () => {
    const { explorer } = session;
    await reset();
    await explorer.slider('top-k').fill(TOP_K_STOP[5]);
    await eventually(() => explorer.predictionText()).toContain(`top-k 5 keeps 5 of ${VOCAB_SIZE} tokens; `);
    const model = softmax(logits);
    const mass = sum(ranked.slice(0, 5).map((id) => model[id]));
    const cut = /tokens; (.+? %) of the probability was cut/.exec(await explorer.predictionText());
    expect(cut, await explorer.predictionText()).not.toBeNull();
    expectPercent(cut![1], 1 - mass, 'mass cut');
    const kept = new Set(ranked.slice(0, 5));
    await expectBars(model.map((p, id) => (kept.has(id) ? p / mass : 0)));
    await explorer.slider('top-k').fill(TOP_K_STOP.off);
    await eventually(() => explorer.predictionText()).not.toContain('was cut');
    await expectBars(model);
  });

  it('keeps the fewest tokens that reach p, after the temperature', async () => {
    const { explorer } = session;
    await reset();
    await explorer.slider('temperature').fill('0.5');
    await explorer.slider('top-p').fill('0.4');
    const tempered = softmax(logits, 0.5);
    let mass = 0;
    const count = ranked.findIndex((id) => (mass += tempered[id]) >= 0.6) + 1;
    const sentence = `top-p 0.6 keeps ${count} of ${VOCAB_SIZE} tokens; `;
    await eventually(() => explorer.predictionText()).toContain(sentence);
    const cut = /tokens; (.+? %) of the probability was cut/.exec(await explorer.predictionText());
    expect(cut, await explorer.predictionText()).not.toBeNull();
    expectPercent(cut![1], 1 - mass, 'mass cut');
    const kept = new Set(ranked.slice(0, count));
    expect(count).toBeLessThan(12); // so that some bars are cut
    await expectBars(tempered.map((p, id) => (kept.has(id) ? p / mass : 0)));
    const rows = await explorer.table('The most likely next tokens');
    expect(rows.map((row) => row.at(-1) === 'cut')).toEqual(ranked.slice(0, 12).map((id) => !kept.has(id)));
    expectPercent(rows[0][4], softmax(logits)[ranked[0]], 'the model’s own');
  });

  it('moves by arrow keys', async () => {
    const { explorer } = session;
    await reset();
    await explorer.slider('temperature').focus();
    await explorer.page.keyboard.press('ArrowLeft');
    await explorer.page.keyboard.press('ArrowLeft');
    await eventually(() => explorer.link().get('temperature')).toBe('0.9');
    await expectBars(softmax(logits, 0.9));
  });
});

describe('Draw', () => {
  it.each([...DRAWS, LOW_DRAW])('takes the token that seed %i decides, twice the same', async (seed, u) => {
    const { explorer } = session;
    await reset();
    await explorer.seed.fill(String(seed));
    const first = await drawOne();
    expect(first).toBe(drawn(softmax(logits), u));
    await explorer.write(prompt.text);
    expect(await drawOne()).toBe(first);
  });

  it('gives another token for another seed', () => {
    const model = softmax(logits);
    expect(new Set(DRAWS.map(([, u]) => drawn(model, u))).size).toBe(DRAWS.length);
  });

  it('draws from what temperature and top-k leave', async () => {
    const { explorer } = session;
    await reset();
    await explorer.slider('temperature').fill('2');
    await explorer.slider('top-k').fill(TOP_K_STOP[5]);
    await explorer.seed.fill(String(DRAWS[2][0]));
    const tempered = softmax(logits, 2);
    const kept = new Set(ranked.slice(0, 5));
    const mass = sum([...kept].map((id) => tempered[id]));
    const expected = drawn(
      tempered.map((p, id) => (kept.has(id) ? p / mass : 0)),
      DRAWS[2][1]
    );
    expect(await drawOne()).toBe(expected);
  });

  it('refuses a seed that is none, and keeps the last one', async () => {
    const { explorer } = session;
    await reset();
    await explorer.seed.fill('x');
    await eventually(() => explorer.predictionText()).toContain(
      'A seed is a whole number from 0 to 4294967295.'
    );
    expect(await explorer.seed.getAttribute('aria-invalid')).toBe('true');
    expect(await drawOne()).toBe(drawn(softmax(logits), DRAWS[0][1]));
  });
});

describe('Take the best', () => {
  it('appends the likeliest token, and chips, count, lens, bars and link follow', async () => {
    const { explorer } = session;
    await reset();
    const before = await explorer.bars();
    const lens = explorer.page.getByRole('grid').locator('thead th');
    expect(await lens.count()).toBe(T);
    await explorer.best.click();
    await eventually(() => explorer.count()).toBe(`${T + 1} of 512 tokens`);
    await eventually(() => lens.count()).toBe(T + 1);
    const [next] = prompt.next;
    expect((await explorer.chips()).at(-1)).toMatchObject({ id: next.id, selected: true });
    expect(next.id).toBe(ranked[0]);
    expect(await explorer.prompt.inputValue()).toBe(prompt.text + next.text);
    await eventually(() => explorer.predictedAfter()).toBe(next.text.replaceAll(' ', '·'));
    await eventually(() => explorer.bars()).not.toEqual(before);
    await eventually(() => explorer.link().get('prompt')).toBe(prompt.text + next.text);
    expect(await explorer.head(6, 4).getAttribute('aria-checked')).toBe('true');
  });

  it('is offered at the last position alone; elsewhere it says what follows in the prompt', async () => {
    const { explorer } = session;
    await reset();
    await explorer.chip(T - 2).click();
    await eventually(() => explorer.best.count()).toBe(0);
    const says = /In the prompt ·to follows: rank ([\d,]+), (\S+ %)\./;
    await eventually(() => explorer.predictionText()).toMatch(says);
    expect(parsePercent(says.exec(await explorer.predictionText())![2]).value).toBeGreaterThan(0);
    await explorer.page.getByRole('button', { name: 'Go to the last position to add a token' }).click();
    await eventually(() => explorer.best.count()).toBe(1);
    await expectBars(softmax(logits));
  });
});
