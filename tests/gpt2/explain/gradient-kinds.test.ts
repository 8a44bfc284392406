/** Gradients through every activation function, beside differences of runs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseEdits } from '../../../src/lib/gpt2/edit/format.ts';
import { finished } from '../../../src/lib/gpt2/explain/finished.ts';
import { saliency } from '../../../src/lib/gpt2/explain/saliency.ts';
import { loadModel } from '../../../src/lib/gpt2/model/model.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../backends.ts';
import { FIXTURE, folderOf, kindFiles } from '../checkpoint-kinds.ts';

const { cases, ids } = FIXTURE;
const KINDS = Object.keys(cases).filter(
  (name) => name.startsWith('act-') || ['plain', 'unscaled-inverse', 'head-untied'].includes(name)
);
const STEP = 0.01; // of a token's row of wte
const CLOSE = 0.02; // of the largest value: a function with a bend differs on its two sides

describe.each(NODE_BACKENDS)('saliency(trace, options) on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each(KINDS)('%s: a token counts what scaling its row of wte a little changes', async (kind) => {
    const before = numTensors();
    const model = await loadModel(folderOf(kindFiles(cases[kind])));
    const metric = { token: cases[kind].best[0][0], position: ids.length - 1 };
    const trace = await runTrace(model, ids);
    const { values } = await finished(saliency(trace, { metric }));
    trace.dispose();
    const logit = async (position: number, by: number) => {
      const edits = parseEdits(`scale=${by}:embed@${position}`);
      const edited = await runTrace(model, ids, { edits });
      const logits = await edited.logits('last');
      edited.dispose();
      return logits[metric.token];
    };
    const differences = [];
    for (const position of ids.keys())
      differences.push(((await logit(position, 1 + STEP)) - (await logit(position, 1 - STEP))) / (2 * STEP));
    const largest = Math.max(...differences.map(Math.abs));
    expect(largest).toBeGreaterThan(0.01);
    differences.forEach((wanted, i) => expect(Math.abs(values[i] - wanted) / largest).toBeLessThan(CLOSE));
    model.dispose();
    expect(numTensors()).toBe(before);
  });
});
