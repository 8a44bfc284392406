import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFirstRun, type FirstRun } from '../../src/lib/engine/first-run.ts';
import { DEFAULT_VIEW } from '../../src/lib/state';
import { excess } from '../tolerance.ts';
import { ACTIVATION } from '../../src/lib/check/tolerance.ts';
import { runScript } from './run-script.ts';

/** A pass in NumPy, which nothing here computed. */
const fixture = JSON.parse(readFileSync('tests/fixtures/contributions.json', 'utf8')) as {
  prompt: string;
  ids: number[];
  rows: { own: number[]; shares: number[][] }[];
  last: { resid: number[]; mlp_out: number[]; best: number[]; probability: number[] };
};
const MODELS = 'static/models';

const site = mkdtempSync(join(tmpdir(), 'first-run-test-'));
beforeAll(() => {
  mkdirSync(join(site, 'models'));
  for (const name of ['models.json', 'gpt2-nano'])
    cpSync(join(MODELS, name), join(site, 'models', name), { recursive: true });
});
afterAll(() => rmSync(site, { recursive: true }));

/** As far as `found` may be from what NumPy says. */
function expectNear(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) =>
    expect(excess(found[i], value, ACTIVATION), `at ${i}`).toBeLessThanOrEqual(0)
  );
}

describe('first-run --site', () => {
  let first: FirstRun;

  beforeAll(async () => {
    expect(await runScript('first-run', ['--site', site])).toMatchObject({ code: 0, stderr: '' });
    first = readFirstRun(readFileSync(join(site, 'first-run.json'), 'utf8'));
  });

  it('records the prompt and the model that the page opens with, and names the weights', () => {
    expect(first.prompt).toBe(DEFAULT_VIEW.prompt);
    expect(first.prompt).toBe(fixture.prompt);
    expect(first.tokens.map(({ id }) => id)).toEqual(fixture.ids);
    expect(first.tokens.map(({ start, end }) => first.prompt.slice(start, end)).join('')).toBe(first.prompt);
    const weights = readFileSync(join(MODELS, 'gpt2-nano/model.safetensors'));
    const sha256 = createHash('sha256').update(weights).digest('hex');
    expect(first.model).toEqual({ name: DEFAULT_VIEW.model, sha256 });
  });

  it('holds what a pass in NumPy finds: shares, norms, the logit lens, the next token', async () => {
    const { rows, last } = fixture;
    const T = fixture.ids.length;
    const [flow] = await first.engine.flows(0, [T - 1]);
    expectNear(flow.own, rows[T - 1].own);
    expectNear(flow.shares, rows[T - 1].shares.flat());
    expect([...flow.lensIds]).toEqual(last.best);
    expectNear(flow.lensProbabilities, last.probability);
    const norms = await first.engine.norms(0);
    expectNear(
      norms.resid.filter((_, i) => i % T === T - 1),
      last.resid
    );
    expectNear(
      norms.mlp_out.filter((_, i) => i % T === T - 1),
      last.mlp_out
    );
    expect(first.next.ids[0]).toBe(last.best.at(-1));
    expectNear([1 / first.next.sum], last.probability.slice(-1));
  });

  it('refuses what is not recorded', async () => {
    const name = { name: 'NeedsWeightsError' };
    await expect(first.engine.flows(0, [0])).rejects.toMatchObject(name);
    await expect(first.engine.logits(0, 0)).rejects.toMatchObject(name);
  });

  it("fails where the model's weights are not those that the catalogue names", async () => {
    const weights = join(site, 'models/gpt2-nano/model.safetensors');
    const bytes = readFileSync(weights);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(weights, bytes);
    const { code, stderr } = await runScript('first-run', ['--site', site]);
    expect(code).toBe(2);
    expect(stderr).toContain('model.safetensors of gpt2-nano must have the SHA-256 8c3cf7dc');
  });
});
