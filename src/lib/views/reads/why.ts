import type { Edit } from '$lib/gpt2';
import type { Why } from '$lib/state';
import { WhyView, type PairName } from '$lib/viz/why';
import { NOISE_SEED_RANGE, NOISES_RANGE, WINDOW_RANGE } from '../setting-ranges';
import { picture, type Stage } from '../spec';

const TRACE_RANGES = { window: WINDOW_RANGE, noises: NOISES_RANGE, noise_seed: NOISE_SEED_RANGE };

/** The selected position, within run A. */
const positionOf = ({ explorer, selection }: Stage) =>
  Math.min(selection.position, (explorer.prompt.run?.T ?? 1) - 1);

function onThePage({ explorer, show }: Stage) {
  return {
    onhead: (layer: number, head: number) => show({ layer, head }),
    onedit: (edit: Edit) => explorer.addEdit(edit),
    onpair: ({ token, minus }: { token: number; minus: number }) =>
      show({ for_token: token, less_token: minus })
  };
}

/** The choice of another model as B, and what it takes. */
function otherModelOf({ view }: Stage['selection'], { model }: Why) {
  const { progress } = model;
  return {
    choices: model.choices.map((name) => ({ name })),
    chosen: view.other_model,
    isHere: model.name !== null && model.name === view.other_model,
    memory: (name: string) => model.memory(name),
    refusal: (name: string) => model.refusal(name),
    problem: model.problem,
    note: model.note,
    percent:
      progress && progress.totalBytes > 0 ? Math.floor((100 * progress.bytes) / progress.totalBytes) : null
  };
}

function editOf(stage: Stage) {
  const { explorer, selection, vocabulary } = stage;
  const { view, layer, head } = selection;
  const { run } = explorer.prompt;
  const why = explorer.why.now;
  if (!run || !why || view.why !== 'edit') return undefined;
  const { second } = why;
  const position = positionOf(stage);
  return {
    config: run.config,
    vocabulary,
    tokens: run.tokens,
    position,
    layer,
    head,
    before: run.logits(position),
    state: {
      list: why.edits,
      versus: view.versus,
      otherIds: second.other?.handle.ids ?? null,
      best: why.questions.pair?.token ?? 0,
      after: explorer.shown.sharesVocabulary
        ? second.b?.logits(Math.min(position, second.b.T - 1))
        : undefined,
      hasOtherTokens: second.b !== null && !explorer.shown.sharesVocabulary,
      isRunning: second.isRunning,
      problem: second.problem
    },
    otherModel: otherModelOf(selection, why),
    onmodel: (name: string | null) => why.setModel(name),
    references: view.references,
    onreferences: (references: typeof view.references) => why.setReferences(references),
    onedits: (edits: typeof why.edits) => why.setEdits(edits),
    onadd: (edit: Edit) => explorer.addEdit(edit)
  };
}

function wroteOf(stage: Stage) {
  const { explorer, selection, vocabulary, theme } = stage;
  const { view, layer, head } = selection;
  const { run } = explorer.prompt;
  const why = explorer.why.now;
  if (!run || !why || view.why !== 'wrote') return undefined;
  const { questions } = why;
  const { pair, metric } = questions;
  if (!pair || !metric) return undefined;
  return {
    ...onThePage(stage),
    theme,
    config: run.config,
    vocabulary,
    tokens: run.tokens,
    layer,
    head,
    pair,
    position: metric.position ?? run.T - 1,
    best: questions.best,
    attribution: run.measured('attribution', metric),
    sources: run.measured('headSources', { layer, head, target: metric }),
    neurons: run.measured('neuronParts', { layer, target: metric }),
    ablations: questions.ablations.of(questions.ablationQuestion),
    onmeasure: () => questions.measureHeads(),
    onstop: () => questions.ablations.stop()
  };
}

/** What grids, paths and causal tracing are set to, as the link has it. */
function gridSettings(view: Stage['selection']['view']) {
  const { matters, what, direction, in_layer, average, path_input, path } = view;
  const { restored, window, noises, noise_seed } = view;
  const grid = { matters, what, direction, in_layer, average, path_input, path };
  return { ...grid, restored, window, noises, noise_seed };
}

function mattersOf(stage: Stage) {
  const { explorer, selection, vocabulary, theme, show } = stage;
  const { view, layer, head } = selection;
  const { run } = explorer.prompt;
  const why = explorer.why.now;
  if (!run || !why || view.why !== 'matters') return undefined;
  const { questions } = why;
  const { pair, grid, estimate, paths, trace, gridQuestion } = questions;
  if (!pair) return undefined;
  const start = {
    grid: () => questions.fillGrid(),
    estimate: () => questions.estimateGrid(),
    paths: () => questions.patchPaths(),
    trace: () => questions.traceCauses()
  };
  return {
    ...onThePage(stage),
    theme,
    config: run.config,
    vocabulary,
    tokens: run.tokens,
    otherTokens: why.second.other?.tokens,
    other: view.other,
    preset: questions.pairSet,
    position: positionOf(stage),
    layer,
    head,
    pair,
    best: questions.best,
    metrics: questions.metrics,
    settings: { ...gridSettings(view), subject: questions.subject },
    ranges: TRACE_RANGES,
    averaged: questions.averaged,
    setSize: questions.setSize,
    measures: {
      grid: grid.of(gridQuestion),
      estimate: estimate.of(gridQuestion),
      paths: paths.of(questions.pathQuestion),
      trace: trace.of(questions.traceQuestion)
    },
    problem: why.second.problem,
    /** An edit is shown at the position where its effect was measured. */
    onedit: (edit: Edit) => {
      show({ position: questions.position });
      explorer.addEdit(edit);
    },
    onother: (prompt: string) => why.setOther(prompt),
    onswap: () => why.swap(),
    onpreset: (name: PairName) => questions.openPair(name),
    onposition: (position: number) => show({ position }),
    onsettings: (change: object) => questions.set(change),
    onstart: (which: keyof typeof start) => start[which](),
    onstop: (which: keyof typeof start) => questions[which].stop()
  };
}

export const why = picture(
  WhyView,
  {
    part: ({ selection }) => selection.view.why,
    edit: editOf,
    wrote: wroteOf,
    matters: mattersOf
  },
  ({ show }) => ({ onpart: (part) => show({ why: part }) }),
  {
    isReady: ({ explorer }) => explorer.why.now !== null,
    isOfA: true,
    sync: ({ explorer }) => void explorer.why.fetch()
  }
);
