import { DEFAULT_SETTINGS, pickSettings } from '$lib/gpt2';
import { BeamView, CompareView, DecodeView, LossView, StepsView } from '$lib/viz/decode';
import { MOST_COLUMNS } from '../decode-columns';
import { proposedSettings } from '../proposed-settings';
import { BEAMS_RANGE } from '../setting-ranges';
import { picture, type Stage } from '../spec';

/** Tokens that the model's context still takes after the prompt and some more. */
const roomAfter = ({ run }: Stage, more = 0) => Math.max(0, run.config.n_ctx - run.T - more);

const stepRoom = (stage: Stage) => roomAfter(stage, stage.explorer.decoding.steps.generated.length);

const steps = picture(
  StepsView,
  {
    prompt: ({ explorer }) => explorer.decoding.steps.prompt,
    generated: ({ explorer }) => explorer.decoding.steps.generated,
    leftOut: ({ explorer }) => explorer.decoding.steps.leftOut,
    streaming: ({ explorer }) => explorer.decoding.steps.streaming,
    shown: ({ explorer }) => explorer.decoding.steps.shown,
    decoded: ({ explorer }) => explorer.decoding.steps.decoded,
    settings: ({ explorer }) => pickSettings(explorer.view),
    seed: ({ explorer }) => explorer.view.seed,
    scale: ({ explorer }) => explorer.view.scale,
    vocabulary: ({ vocabulary }) => vocabulary,
    busy: ({ explorer }) => explorer.decoding.steps.busy,
    running: ({ explorer }) => explorer.decoding.steps.generation.running,
    ended: ({ explorer }) => explorer.decoding.steps.ended,
    count: (stage) => Math.min(stage.explorer.view.max_new_tokens, stepRoom(stage)),
    mostCount: stepRoom,
    tokens: ({ explorer }) => explorer.decoding.steps.generation.steps.length,
    milliseconds: ({ explorer }) => explorer.decoding.steps.generation.milliseconds,
    problem: ({ explorer }) => explorer.decoding.steps.generation.problem
  },
  ({ explorer, show }) => ({
    onshown: (step) => show({ step }),
    onsettings: (change) => show(change),
    onreset: () => show({ ...DEFAULT_SETTINGS, do_sample: explorer.view.do_sample }),
    onseed: (seed) => show({ seed }),
    onscale: (scale) => show({ scale }),
    oncount: (max_new_tokens) => show({ max_new_tokens }),
    onstep: () => explorer.decoding.steps.step(),
    onrun: () => explorer.decoding.steps.run(),
    oncancel: () => explorer.decoding.steps.cancel(),
    onundo: () => explorer.decoding.steps.undo(),
    onrestart: () => explorer.decoding.steps.restart(),
    onopen: () => explorer.decoding.steps.openAsPrompt()
  }),
  /** The added tokens of a link need a run of the whole text. */
  { sync: ({ explorer }) => explorer.decoding.steps.sync() }
);

/** Another search has other steps and nodes. */
const NO_BEAM = { beam_step: null, beam_node: null };

const beams = picture(
  BeamView,
  {
    promptLength: ({ run }) => run.T,
    steps: ({ explorer }) => explorer.decoding.beams.generation.steps,
    sequences: ({ explorer }) => explorer.decoding.beams.generation.result?.sequences ?? null,
    step: ({ explorer }) => explorer.view.beam_step,
    node: ({ explorer }) => explorer.view.beam_node,
    repetition_penalty: ({ explorer }) => explorer.view.repetition_penalty,
    no_repeat_ngram_size: ({ explorer }) => explorer.view.no_repeat_ngram_size,
    num_beams: ({ explorer }) => explorer.view.num_beams,
    mostBeams: () => BEAMS_RANGE.max,
    length_penalty: ({ explorer }) => explorer.view.length_penalty,
    early_stopping: ({ explorer }) => explorer.view.early_stopping,
    max_new_tokens: (stage) => Math.min(stage.explorer.view.max_new_tokens, roomAfter(stage)),
    mostTokens: (stage) => roomAfter(stage),
    status: ({ explorer }) => explorer.decoding.beams.generation.status,
    milliseconds: ({ explorer }) => explorer.decoding.beams.generation.milliseconds,
    problem: ({ explorer }) => explorer.decoding.beams.generation.problem,
    vocabulary: ({ vocabulary }) => vocabulary
  },
  (stage) => {
    const { explorer, show } = stage;
    return {
      onstep: (beam_step) => show({ beam_step }),
      onnode: (beam_node) => show({ beam_node }),
      onbeams: (num_beams) => show({ num_beams, ...NO_BEAM }),
      onpenalty: (length_penalty) => show({ length_penalty, ...NO_BEAM }),
      onearly: (early_stopping) => show({ early_stopping, ...NO_BEAM }),
      ontokens: (max_new_tokens) => show({ max_new_tokens, ...NO_BEAM }),
      oncancel: () => explorer.decoding.beams.cancel(),
      onsearch: () => explorer.decoding.beams.search(),
      onopen: (ids) =>
        explorer.openTokens([...stage.run.tokens, ...ids.map((id) => stage.vocabulary.token(id))], null)
    };
  },
  { sync: ({ explorer }) => explorer.decoding.beams.sync() }
);

const compare = picture(
  CompareView,
  {
    prompt: ({ run }) => run.tokens,
    columns: ({ explorer }) => explorer.view.columns,
    outputs: ({ explorer, run, vocabulary }) =>
      explorer.decoding.comparison.generations.map((generation) => ({
        status: generation.status,
        milliseconds: generation.milliseconds,
        problem: generation.problem,
        sequence: generation.result?.sequences[0] ?? null,
        tokens: generation.newIds(run.T).map((id) => vocabulary.token(id))
      })),
    mostColumns: () => MOST_COLUMNS,
    mostBeams: () => BEAMS_RANGE.max,
    count: (stage) => Math.min(stage.explorer.view.max_new_tokens, roomAfter(stage)),
    mostCount: (stage) => roomAfter(stage),
    running: ({ explorer }) => explorer.decoding.comparison.running
  },
  (stage) => {
    const { explorer, show } = stage;
    return {
      oncolumns: (columns) => show({ columns }),
      oncount: (max_new_tokens) => show({ max_new_tokens }),
      oncancel: () => explorer.decoding.comparison.cancel(),
      onrestart: () => explorer.decoding.comparison.restart(),
      onopen: (tokens) => explorer.openTokens([...stage.run.tokens, ...tokens], null)
    };
  },
  { sync: ({ explorer }) => explorer.decoding.comparison.sync() }
);

const loss = picture(
  LossView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    loss: ({ run }) => run.loss(),
    measure: ({ explorer }) => explorer.view.loss,
    position: ({ explorer }) => explorer.position,
    vocabulary: ({ vocabulary }) => vocabulary
  },
  ({ show }) => ({
    onmeasure: (measure) => show({ loss: measure }),
    onposition: (position) => show({ position, key: null })
  }),
  { difference: async () => (await import('./differences')).DIFFERENCES.loss }
);

const proposalOf = ({ model, view }: Stage['explorer']) => proposedSettings(model?.generationConfig, view);

export const decode = picture(
  DecodeView,
  {
    part: ({ explorer }) => explorer.view.decode,
    proposal: ({ explorer }) => proposalOf(explorer),
    isStory: ({ explorer }) => explorer.opening.replaced,
    inner: ({ inner }) => inner
  },
  ({ explorer, show }) => ({
    onpart: (part) => show({ decode: part }),
    onuse: () => show(proposalOf(explorer)?.change ?? {}),
    onback: () => explorer.opening.back()
  }),
  { parts: { steps, beams, compare, loss } }
);
