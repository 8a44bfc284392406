import { DEFAULT_SETTINGS, pickSettings } from '$lib/gpt2';
import { BeamView, CompareView, DecodeView, LossView, StepsView } from '$lib/viz/decode';
import { MOST_COLUMNS } from '../decode-columns';
import { proposedSettings } from '../proposed-settings';
import { BEAMS_RANGE } from '../setting-ranges';
import { picture, type Stage } from '../spec';

/** Tokens that the model's context still takes after the prompt and some more. */
const roomAfter = ({ run }: Stage, more = 0) => Math.max(0, run.config.n_ctx - run.T - more);

const stepRoom = (stage: Stage) => roomAfter(stage, stage.explorer.decode.part.steps.generated.length);

const steps = picture(
  StepsView,
  {
    prompt: ({ explorer }) => explorer.decode.part.steps.prompt,
    generated: ({ explorer }) => explorer.decode.part.steps.generated,
    leftOut: ({ explorer }) => explorer.decode.part.steps.leftOut,
    streaming: ({ explorer }) => explorer.decode.part.steps.streaming,
    shown: ({ explorer }) => explorer.decode.part.steps.shown,
    decoded: ({ explorer }) => explorer.decode.part.steps.decoded,
    settings: ({ selection }) => pickSettings(selection.view),
    seed: ({ selection }) => selection.view.seed,
    scale: ({ selection }) => selection.view.scale,
    vocabulary: ({ vocabulary }) => vocabulary,
    busy: ({ explorer }) => explorer.decode.part.steps.busy,
    running: ({ explorer }) => explorer.decode.part.steps.generation.running,
    ended: ({ explorer }) => explorer.decode.part.steps.ended,
    count: (stage) => Math.min(stage.selection.view.max_new_tokens, stepRoom(stage)),
    mostCount: stepRoom,
    tokens: ({ explorer }) => explorer.decode.part.steps.generation.steps.length,
    milliseconds: ({ explorer }) => explorer.decode.part.steps.generation.milliseconds,
    problem: ({ explorer }) => explorer.decode.part.steps.generation.problem
  },
  ({ explorer, selection, show }) => ({
    onshown: (step) => show({ step }),
    onsettings: (change) => show(change),
    onreset: () => show({ ...DEFAULT_SETTINGS, do_sample: selection.view.do_sample }),
    onseed: (seed) => show({ seed }),
    onscale: (scale) => show({ scale }),
    oncount: (max_new_tokens) => show({ max_new_tokens }),
    onstep: () => explorer.decode.part.steps.step(),
    onrun: () => explorer.decode.part.steps.run(),
    oncancel: () => explorer.decode.part.steps.cancel(),
    onundo: () => explorer.decode.part.steps.undo(),
    onrestart: () => explorer.decode.part.steps.restart(),
    onopen: () => explorer.decode.part.steps.openAsPrompt()
  }),
  /** The added tokens of a link need a run of the whole text. */
  { sync: ({ explorer }) => explorer.decode.part.steps.sync() }
);

/** Another search has other steps and nodes. */
const NO_BEAM = { beam_step: null, beam_node: null };

const beams = picture(
  BeamView,
  {
    promptLength: ({ run }) => run.T,
    steps: ({ explorer }) => explorer.decode.part.beams.generation.steps,
    sequences: ({ explorer }) => explorer.decode.part.beams.generation.result?.sequences ?? null,
    step: ({ selection }) => selection.view.beam_step,
    node: ({ selection }) => selection.view.beam_node,
    repetition_penalty: ({ selection }) => selection.view.repetition_penalty,
    no_repeat_ngram_size: ({ selection }) => selection.view.no_repeat_ngram_size,
    num_beams: ({ selection }) => selection.view.num_beams,
    mostBeams: () => BEAMS_RANGE.max,
    length_penalty: ({ selection }) => selection.view.length_penalty,
    early_stopping: ({ selection }) => selection.view.early_stopping,
    max_new_tokens: (stage) => Math.min(stage.selection.view.max_new_tokens, roomAfter(stage)),
    mostTokens: (stage) => roomAfter(stage),
    status: ({ explorer }) => explorer.decode.part.beams.generation.status,
    milliseconds: ({ explorer }) => explorer.decode.part.beams.generation.milliseconds,
    problem: ({ explorer }) => explorer.decode.part.beams.generation.problem,
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
      oncancel: () => explorer.decode.part.beams.cancel(),
      onsearch: () => explorer.decode.part.beams.search(),
      onopen: (ids) =>
        explorer.prompts.openTokens(
          [...stage.run.tokens, ...ids.map((id) => stage.vocabulary.token(id))],
          null
        )
    };
  },
  { sync: ({ explorer }) => explorer.decode.part.beams.sync() }
);

const compare = picture(
  CompareView,
  {
    prompt: ({ run }) => run.tokens,
    columns: ({ selection }) => selection.view.columns,
    outputs: ({ explorer, run, vocabulary }) =>
      explorer.decode.part.comparison.generations.map((generation) => ({
        status: generation.status,
        milliseconds: generation.milliseconds,
        problem: generation.problem,
        sequence: generation.result?.sequences[0] ?? null,
        tokens: generation.newIds(run.T).map((id) => vocabulary.token(id))
      })),
    mostColumns: () => MOST_COLUMNS,
    mostBeams: () => BEAMS_RANGE.max,
    count: (stage) => Math.min(stage.selection.view.max_new_tokens, roomAfter(stage)),
    mostCount: (stage) => roomAfter(stage),
    running: ({ explorer }) => explorer.decode.part.comparison.running
  },
  (stage) => {
    const { explorer, show } = stage;
    return {
      oncolumns: (columns) => show({ columns }),
      oncount: (max_new_tokens) => show({ max_new_tokens }),
      oncancel: () => explorer.decode.part.comparison.cancel(),
      onrestart: () => explorer.decode.part.comparison.restart(),
      onopen: (tokens) => explorer.prompts.openTokens([...stage.run.tokens, ...tokens], null)
    };
  },
  { sync: ({ explorer }) => explorer.decode.part.comparison.sync() }
);

const loss = picture(
  LossView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    loss: ({ run }) => run.loss(),
    measure: ({ selection }) => selection.view.loss,
    position: ({ selection }) => selection.position,
    vocabulary: ({ vocabulary }) => vocabulary
  },
  ({ show }) => ({
    onmeasure: (measure) => show({ loss: measure }),
    onposition: (position) => show({ position, key: null })
  }),
  { difference: async () => (await import('./differences')).DIFFERENCES.loss }
);

const proposalOf = ({ explorer, selection }: Stage) =>
  proposedSettings(explorer.model.info?.generationConfig, selection.view);

export const decode = picture(
  DecodeView,
  {
    part: ({ selection }) => selection.view.decode,
    proposal: proposalOf,
    isStory: ({ explorer }) => explorer.opening.replaced,
    inner: ({ inner }) => inner
  },
  (stage) => ({
    onpart: (part) => stage.show({ decode: part }),
    onuse: () => stage.show(proposalOf(stage)?.change ?? {}),
    onback: () => stage.explorer.opening.back()
  }),
  {
    parts: { steps, beams, compare, loss },
    isReady: ({ explorer }) => explorer.decode.now !== null,
    sync: ({ explorer }) => void explorer.decode.fetch()
  }
);
