import { inLanguage } from '../../spoken.svelte';

/** The Why view: edits, and who wrote a logit. */
export const whyWords = inLanguage('whyWords', {
  title: 'Why',
  parts: { edit: 'Edit', wrote: 'Who wrote it', matters: 'Where it matters' },
  partsLabel: 'Part of the view',
  notYet: 'not measured yet',
  stop: 'Stop',
  progress: (done: number, total: number) => `${done} of ${total} runs`,
  progressOfCells: (done: number, total: number, runs: number) =>
    `${done} of ${total} cells, ${runs} runs for each`,
  layer: 'layer',
  head: 'head',
  position: 'position',
  token: 'token',
  value: 'value',
  shareOfWay: 'share of the way',
  nats: 'nats',

  // Which run is shown.
  shownLabel: 'Whose numbers are shown',
  streamOfB: 'residual stream of run B',
  shown: { a: 'A', b: 'B', diff: 'B − A' },
  isA: 'A: the prompt as it is',
  isEdited: (count: number) => `B: A with ${count === 1 ? '1 edit' : `${count} edits`}`,
  isOther: 'B: the other prompt',
  isDifference: (b: string) => `B − A. A: the prompt as it is. ${b}.`,
  noDifference: 'This view has no B − A: it shows A.',
  versus: { edits: 'A with edits', prompt: 'the other prompt', model: 'another model' },
  isModel: (name: string) => `B: the prompt in ${name}`,
  versusLabel: 'What B is',
  running: 'B is being computed…',
  decodesA: 'Decoding always runs A.',
  countsOverA: 'This view counts over the model of A: it shows A.',

  // Edits.
  editTitle: 'Change something inside',
  editSay:
    'Run A is the prompt as it is. Run B is computed again from the first edit on, with these changes. A itself never changes.',
  list: 'Edits',
  none: 'There is no edit yet. Add one below, or press “Take … out” where you see the thing: a token in Embeddings, a head in Attention or Heads, an MLP or a neuron in MLP, a row in Residual stream.',
  on: (says: string) => `Edit is on: ${says}`,
  remove: 'Remove',
  removeLabel: (says: string) => `Remove the edit: ${says}`,
  removeAll: 'Remove all',
  places: {
    whole: (name: string) => name,
    block: (name: string, layer: number) => `${name} of block ${layer}`,
    blocks: (name: string, first: number, last: number) => `${name} of blocks ${first} to ${last}`,
    head: (name: string, layer: number, head: number) => `${name} of head ${layer}.${head}`,
    neuron: (name: string, layer: number, neuron: number) => `${name} of neuron ${neuron} in block ${layer}`
  },
  at: {
    all: 'at all positions',
    some: (positions: string) => `at positions ${positions}`,
    one: (position: string) => `at position ${position}`
  },
  changes: {
    zero: (place: string, at: string) => `${place} is set to 0 ${at}`,
    scale: (place: string, at: string, by: string) => `${place} is multiplied by ${by} ${at}`,
    meanOfPositions: (place: string, at: string) =>
      `${place} becomes its mean over this prompt’s positions ${at}`,
    meanOfReferences: (place: string, at: string) => `${place} becomes its mean over reference prompts ${at}`,
    patch: (place: string, at: string) => `${place} is taken from the other prompt ${at}`,
    patchFrom: (place: string, at: string, from: string) =>
      `${place} is taken from positions ${from} of the other prompt ${at}`,
    addToken: (place: string, at: string, times: string, token: string) =>
      `${place} gains ${times} times the row of wte of “${token}” ${at}`,
    addDifference: (place: string, at: string, times: string, position: number) =>
      `${place} gains ${times} times (the other prompt − this prompt) at position ${position} ${at}`,
    freeze: (place: string, at: string) => `${place} stays as it is in A ${at}`
  },
  notes: {
    z: 'the head’s value bias goes too; c_proj’s bias stays',
    v: 'the pattern stays; what is read through it is 0',
    result: 'what the head writes goes; c_proj’s bias stays',
    attn_out: 'c_proj’s bias goes too',
    mlp_out: 'c_proj’s bias goes too',
    embed: 'the position’s row of wpe stays',
    pattern: 'the rows then no longer sum to 1'
  } as Readonly<Partial<Record<string, string>>>,
  withNote: (says: string, note: string) => `${says}: ${note}.`,
  withoutNote: (says: string) => `${says}.`,

  // The form.
  add: 'Add an edit',
  kind: 'change',
  kinds: {
    zero: 'set to 0',
    mean: 'mean over positions',
    references: 'mean over reference prompts',
    scale: 'multiply',
    patch: 'take from the other prompt',
    add: 'add a token’s direction',
    difference: 'add the difference of the two prompts',
    freeze: 'keep as in A'
  },
  place: 'activation',
  neuron: 'neuron',
  allHeads: 'all',
  positions: 'positions',
  positionsHint: 'empty: all; 3, 5-7',
  referencesLabel: 'reference prompts',
  by: 'by',
  times: 'times',
  addButton: 'Add',
  needsOther: 'Give the other prompt first, in “Where it matters”.',
  wrongPositions: 'Positions are numbers and ranges, such as 3, 5-7.',

  // Another model.
  otherModel: 'Another model as B',
  otherModelSay: 'The same prompt in a second model, beside the first. Both stay in memory.',
  noOtherModel:
    'No other model is here. The page Models has more; one that is kept on this device can be opened beside this one.',
  model: 'model',
  openBeside: 'Open it beside this one',
  closeBeside: 'Close the other model',
  unknownSize: 'How much memory it needs is not known, so it is not opened beside another model.',
  notBesideRecording:
    'A recorded run is open, and nothing is computed. Compute its prompt with a model first; another one can then stand beside it.',
  bothNeed: (needed: string) => `Both models together take about ${needed} of memory.`,
  bothAboveDevice: (needed: string, device: string, room: string) =>
    `Both models together need about ${needed} of memory; on a device with ${device}, a tab gets about ${room}.`,
  otherTooLong: (tokens: number, limit: number) =>
    `The prompt has ${tokens} tokens in the other model, which reads ${limit}.`,
  leftOut: (name: string, count: number, all: number, named: string) =>
    `${name} has no token for ${count} of the prompt’s ${all} characters${named && ` (${named})`}: run B is without them.`,
  nothingRead: (name: string) =>
    `${name} has no token for any character of this prompt, so there is no run B. Write a prompt that both models can read.`,
  readingBeside: (name: string, percent: number) => `Reading ${name}: ${percent} %`,
  otherTokens: 'The two models have different vocabularies: their next tokens cannot be compared here.',

  // Before and after.
  effect: 'Before and after',
  effectAt: (position: number) => `next token at position ${position} {token}`,
  effectSay: 'What the model expects next in A and in B. The bar in front is B, the outline is A.',
  effectTable: 'Next tokens in A and in B',
  columnsOfEffect: ['token', 'p in A', 'p in B', 'logit in A', 'logit in B', 'change of the logit'],
  inA: 'in A',
  inB: 'in B',
  moved: 'logit, B − A',
  kl: (kl: string) => `KL(A ‖ B) = ${kl} nats`,
  without: (place: string) => `Without ${place}`,
  withEdit: (place: string) => `With ${place} changed`,
  withEdits: (count: number) => `With these ${count} edits`,
  withB: { prompt: 'With the other prompt', model: 'In the other model' },
  places_short: {
    head: (layer: number, head: number) => `head ${layer}.${head}`,
    mlp: (layer: number) => `MLP ${layer}`,
    attention: (layer: number) => `attention of block ${layer}`,
    embed: (positions: string) => `the token at position ${positions}`
  },
  /** {best} and {now} are tokens. */
  falls: (what: string, before: string, after: string) =>
    `${what}, {best} falls from **${before}** to **${after}**.`,
  rises: (what: string, before: string, after: string) =>
    `${what}, {best} rises from **${before}** to **${after}**.`,
  same: (what: string, before: string) => `${what}, {best} stays at **${before}**.`,
  takesOver: (share: string) => `The best token is now {now} with **${share}**.`,

  // Who wrote it.
  wroteTitle: 'Who wrote the logit',
  wroteSay:
    'The last residual stream is a sum of what every part wrote. With ln_f’s scale as it is in this run, each part adds a number to the logit; the numbers add up to it.',
  forToken: 'logit of',
  lessToken: 'minus the logit of',
  single: 'nothing: one logit',
  partNames: {
    embed: 'embed',
    pos_embed: 'pos_embed',
    heads: 'all heads',
    attn_bias: 'attention biases',
    mlps: 'all MLPs',
    'ln_f.bias': 'ln_f.bias',
    edits: 'edits',
    sum: 'sum'
  },
  waterfall: 'Parts of the logit; each bar continues where the one before ends',
  addsUp: (sum: string, logit: string) => `The parts sum to ${sum}; the logit of the run is ${logit}.`,
  headMap: 'What each head adds to the logit',
  sorted: 'The parts that add or take most',
  partTable: 'Every part of the logit',
  part: 'part',
  headTitle: (layer: number, head: number) => `Head ${layer}.${head} by the token it reads from`,
  headSays: (name: string, value: string) =>
    `Head ${name} adds **${value}** nats; the bars below say from which position, and sum to it.`,
  neuronTitle: (layer: number) => `MLP ${layer} by neuron`,
  neuronSays: (shown: number, all: number, rest: string) =>
    `The ${shown} neurons that add or take most; the other ${all} and c_proj’s bias together add ${rest}.`,
  neuronName: (neuron: number) => `neuron ${neuron}`,
  rest: 'all others and bias',
  ablation: 'Direct contribution beside the effect of removal',
  ablationSay:
    'A head also feeds later parts. Setting z of one head to 0 at all positions and running the rest again gives its whole effect, which may differ from what it adds directly: later parts make up for it, or depended on it.',
  measureHeads: (count: number) => `Measure all ${count} removals`,
  direct: 'adds directly, nats',
  removal: 'metric without it − with it, nats',
  onLine: 'on this line a removal changes the metric by just what the head adds',
  scatterLabel: (count: number) => `Direct contribution and ablation effect of ${count} heads`,
  headBoth: (name: string, direct: string, effect: string) =>
    `Head ${name} adds **${direct}** directly; without it the metric changes by **${effect}**.`,
  ablationTable: 'Direct contribution and ablation effect of each head',
  takeOut: 'Take it out'
});
