import type { Gpt2Generator } from '../model/model.ts';
import { seededRandom } from '../numbers/random.ts';
import { logSoftmax } from '../numbers/softmax.ts';
import { bestContinuations, drawContinuations, type ScoredBeam } from './beam-candidates.ts';
import { listCandidates } from './beam-list.ts';
import { advanceBeams, continuationCount, type BeamState } from './beam-search.ts';
import { BeamTree, ROOT } from './beam-tree.ts';
import { processScores } from './processors.ts';
import type { Stepper } from './stepper.ts';
import { stopRule } from './stop.ts';
import type { Beam, BeamStep, CheckedOptions, GeneratedSequence, GenerateResult } from './types.ts';

/**
 * Beam search: all beams one step at a time, with the tree of everything that was looked at.
 *
 * Memory: the caller disposes the stepper.
 */
export async function* generateBeams(
  model: Gpt2Generator,
  prompt: readonly number[],
  options: CheckedOptions,
  stepper: Stepper
): AsyncGenerator<BeamStep, GenerateResult, void> {
  const stop = stopRule(options, model.tokenizer);
  const looked = continuationCount(options.num_beams, options.eos_token_id.length);
  const next = seededRandom(options.seed);
  const tree = new BeamTree();
  let state: BeamState = { beams: [{ node: ROOT, ids: prompt, cumulative: 0 }], finished: [] };
  for (let step = 0; ; step++) {
    const { logits } = stepper;
    const scored = state.beams.map((beam, row) => scoreBeam(beam, logits[row], options));
    const continuations = options.do_sample
      ? drawContinuations(scored, looked, next)
      : bestContinuations(scored, looked);
    const advance = advanceBeams(state, continuations, step + 1, options, stop, tree);
    yield {
      kind: 'beams',
      step,
      beams: state.beams,
      logits,
      scores: scored.map(({ scores }) => Float32Array.from(scores)),
      candidates: listCandidates(state.beams, scored, advance, {
        perBeam: options.num_beams,
        stop: (ids) => stop(ids, step + 1),
        tree
      }),
      kept: advance.kept,
      finished: advance.finished,
      done: advance.done
    };
    state = { beams: advance.kept, finished: advance.finished };
    if (advance.done) return { sequences: finish(state, prompt, options, tree) };
    options.signal?.throwIfAborted();
    await stepper.append(
      state.beams.map(({ ids }) => ids[ids.length - 1]),
      advance.parents
    );
  }
}

/** As in Hugging Face, beam search processes log-probabilities, where the others process logits. */
function scoreBeam({ ids, cumulative }: Beam, logits: Float32Array, options: CheckedOptions): ScoredBeam {
  const logProbabilities = logSoftmax(logits);
  const minKept = continuationCount(1, options.eos_token_id.length);
  const { scores } = processScores(logProbabilities, ids, options, { minKept });
  return { cumulative, logProbabilities, scores };
}

function finish(
  { finished }: BeamState,
  prompt: readonly number[],
  { num_return_sequences }: CheckedOptions,
  tree: BeamTree
): GeneratedSequence[] {
  return finished.slice(0, num_return_sequences).map(({ node, ids, cumulative, score, stopped }) => ({
    prompt: 0,
    ids,
    newIds: ids.slice(prompt.length),
    logProbability: cumulative,
    score,
    nodes: tree.pathTo(node),
    stopped
  }));
}
