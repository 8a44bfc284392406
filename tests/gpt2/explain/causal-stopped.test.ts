import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ablationEffects } from '../../../src/lib/gpt2/explain/ablation-effects.ts';
import { attributionPatching } from '../../../src/lib/gpt2/explain/attribution-patching.ts';
import { attribution, type AttributionTarget } from '../../../src/lib/gpt2/explain/attribution.ts';
import { causalTrace } from '../../../src/lib/gpt2/explain/causal-trace.ts';
import { contributionGraph } from '../../../src/lib/gpt2/explain/contribution-graph.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import type { Progress } from '../../../src/lib/gpt2/explain/metric.ts';
import { patchGrid } from '../../../src/lib/gpt2/explain/patch-grid.ts';
import { pathPatch } from '../../../src/lib/gpt2/explain/path-patch.ts';
import { saliency } from '../../../src/lib/gpt2/explain/saliency.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { numTensors, startBackend } from '../backends.ts';
import { CAUSAL_MODELS, readCausal } from '../causal-models.ts';

/** Ids of two prompts, and the two tokens that are compared. */
interface Prompts {
  readonly clean: number[];
  readonly corrupt: number[];
  readonly token: number;
  readonly minus: number;
}

const PROMPTS = readCausal<Prompts>('expected.json').odd;

describe('causal measures', () => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend('wasm');
    model = await CAUSAL_MODELS.odd();
  });
  afterAll(() => model.dispose());

  it('leave no tensor behind where they are stopped half way', async () => {
    const { clean: ids, corrupt: other, token, minus } = PROMPTS;
    const [clean, corrupt] = [await runTrace(model, ids), await runTrace(model, other)];
    const standing = numTensors();
    const stop = new AbortController();
    const options = { what: 'resid_pre', metric: { token, minus }, signal: stop.signal } as const;
    await expect(async () => {
      for await (const { done } of patchGrid([{ clean, corrupt }], options))
        if (done === 5) stop.abort(new Error('enough'));
    }).rejects.toThrow('enough');
    for await (const { done } of ablationEffects(clean, { metric: { token }, parts: 'heads' }))
      if (done === 3) break;
    expect(numTensors()).toBe(standing);
    const metric = { token, minus };
    const pairs = [
      { clean, corrupt },
      { clean: corrupt, corrupt: clean }
    ];
    const receiver = { layer: 2, head: 0, input: 'q' } as const;
    const begin: ((signal: AbortSignal) => AsyncGenerator<Progress, unknown, void>)[] = [
      (signal) => attribution(clean, { ...metric, signal }),
      (signal) => ablationEffects(clean, { metric, parts: 'heads', signal }),
      (signal) => attributionPatching(pairs, { what: 'z', metric, signal }),
      (signal) => saliency(clean, { metric, method: 'integrated_gradients', steps: 8, signal }),
      (signal) => causalTrace(clean, { token, subject: [2], samples: 2, signal }),
      (signal) => contributionGraph(clean, { signal })
    ];
    for (const measure of begin) {
      const halt = new AbortController();
      const run = measure(halt.signal);
      expect((await run.next()).done).toBe(false);
      halt.abort(new Error('enough'));
      await expect(finished(run)).rejects.toThrow('enough');
      expect(numTensors()).toBe(standing);
      for await (const { done } of measure(new AbortController().signal)) if (done === 1) break; // asks for no more
      expect(numTensors()).toBe(standing);
    }
    // all paths of so small a model are one step: it is stopped before that
    const signal = AbortSignal.abort(new Error('enough'));
    const paths = pathPatch(pairs, { metric, receiver, method: 'paper', signal });
    await expect(finished(paths)).rejects.toThrow('enough');
    for await (const { done } of pathPatch(pairs, { metric, receiver })) if (done === 1) break;
    expect(numTensors()).toBe(standing);
    clean.dispose();
    corrupt.dispose();
  });

  it('say what does not fit', async () => {
    const { clean: ids, corrupt: other, token, minus } = PROMPTS;
    const [clean, corrupt, short] = [
      await runTrace(model, ids),
      await runTrace(model, other),
      await runTrace(model, [3])
    ];
    const metric = { token, minus };
    const grid = (pair: { clean: Trace; corrupt: Trace }) =>
      finished(patchGrid([pair], { what: 'z', metric }));
    await expect(grid({ clean, corrupt: short })).rejects.toThrow(
      'corrupt prompt must be 7 tokens, as the clean one, got 1'
    );
    await expect(grid({ clean, corrupt: clean })).rejects.toThrow('metric must be different in both runs');
    const parts = (target: AttributionTarget) => finished(attribution(clean, target));
    await expect(parts({ token: 257 })).rejects.toThrow('token must be from 0 to 256, got 257');
    await expect(parts({ token, position: 7 })).rejects.toThrow('position must be from 0 to 6, got 7');
    const path = pathPatch(
      { clean, corrupt },
      { metric, receiver: { layer: 1, head: 0, input: 'q' }, senders: [{ layer: 1, head: 0 }] }
    );
    await expect(path.next()).rejects.toThrow('A path goes from an earlier layer');
    for (const trace of [clean, corrupt, short]) trace.dispose();
  });
});
