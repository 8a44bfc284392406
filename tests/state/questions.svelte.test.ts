import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineClient } from '../../src/lib/engine';
import { DEFAULT_VIEW, type Run, type ViewState } from '../../src/lib/state';
import { Questions } from '../../src/lib/state/why/questions.svelte.ts';
import type { SecondRun } from '../../src/lib/state/why/second-run.svelte.ts';

/** A run of some ids, whose best tokens are 3 and 1. */
const runOf = (trace: number, ids: readonly number[]) =>
  ({
    handle: { trace, ids, lastLogits: Float32Array.of(0, 2, 1, 4) },
    T: ids.length,
    logits: () => Float32Array.of(0, 2, 1, 4)
  }) as unknown as Run;

const RESULT = { clean: 1, corrupted: 0, noise: 1, effects: [] };

const measure = vi.fn();

/** Questions about a run of four tokens, the settings they read, and the other prompt's run. */
function setUp() {
  const view = $state({ ...DEFAULT_VIEW, view: 'why', why: 'matters', matters: 'trace' } as ViewState);
  const two = $state<{ other: Run | null }>({ other: null });
  const engine = {
    measure,
    tokenize: (text: string) => Promise.resolve(text.trim().split(' ').map((_, id) => ({ id: 100 + id }))) // prettier-ignore
  } as unknown as EngineClient;
  const run = runOf(7, [10, 11, 12, 13]);
  const selection = { view, show: () => {}, position: 3, layer: 0, head: 0 };
  const second = two as unknown as SecondRun;
  const questions = new Questions(
    { selection, session: { engine }, model: { info: null }, prompt: { run }, prompts: { open: () => {} } },
    { second, setOther: () => {} }
  );
  return { view, two, questions };
}

describe('Questions: causal tracing', () => {
  beforeEach(() => void measure.mockReset().mockResolvedValue(RESULT));

  it('takes for the subject what was chosen, else where the prompts differ, else the second token', () => {
    const { view, two, questions } = setUp();
    expect(questions.subject).toEqual([1]);
    two.other = runOf(8, [10, 11, 99, 13]);
    view.subject = [0, 9]; // the second one is not there
    expect(questions.subject).toEqual([0]);
    view.subject = null;
    expect(questions.subject).toEqual([2]);
    two.other = runOf(9, [10, 99]); // positions of other lengths are not the same ones
    expect(questions.subject).toEqual([1]);
  });

  it('asks for the noises, their seed and the window of the link, and measures noise over the facts’ subjects', async () => {
    const { view, questions } = setUp();
    Object.assign(view, { restored: 'mlp_out', window: 3, noises: 2, noise_seed: 5 });
    questions.traceCauses();
    await vi.waitFor(() => expect(questions.trace.result).toEqual(RESULT));
    const [name, traces, options] = measure.mock.calls[0] as [string, number[], object];
    expect([name, traces]).toEqual(['causalTrace', [7]]);
    expect(options).toEqual({
      ...{ token: 3, subject: [1], position: 3, what: 'mlp_out', window: 3, samples: 2, seed: 5 },
      noiseOver: Array.from({ length: 8 }, (_, i) => 100 + i)
    });
    expect(questions.trace.of(questions.traceQuestion).result).toEqual(RESULT);
    view.noise_seed = 6; // another question: what was measured is not its answer
    expect(questions.trace.of(questions.traceQuestion).result).toBe(null);
  });

  it('puts the output of one block back, whatever the window of what blocks add is', async () => {
    const { view, questions } = setUp();
    Object.assign(view, { restored: 'resid_post', window: 3 });
    questions.traceCauses();
    await vi.waitFor(() => expect(measure).toHaveBeenCalled());
    expect(measure.mock.calls[0][2]).toMatchObject({ what: 'resid_post', window: 1, samples: 4, seed: 0 });
  });
});
