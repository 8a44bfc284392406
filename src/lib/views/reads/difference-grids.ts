import { NOT_READ, topTokens } from '$lib/gpt2';
import type { Run } from '$lib/state';
import {
  columnsAt,
  differences,
  largestOf,
  pickColumns,
  placeOf,
  rowsAt,
  squareAt,
  type DifferenceGrid
} from '$lib/viz/difference';
import { tokenLabel } from '$lib/viz/common';
import { depthOfRow } from '$lib/viz/logit-lens';
import { differenceWords as words } from '$lib/words/en/views/difference';
import { normPlaces } from './norm-places';
import { both, labelOf, type Two } from './two-runs';

const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

type Read = (run: Run) => Float32Array | undefined;

/** Positions by components of one activation. */
function byComponent(
  two: Two,
  name: string,
  read: Read,
  column: number | null = null
): DifferenceGrid | undefined {
  const read2 = both(two, read);
  if (!read2) return undefined;
  const width = read2[0].length / two.a.T;
  return {
    name,
    says: words.value,
    rows: two.positions,
    columns: { name: words.component, labels: numbers(width) },
    a: rowsAt(read2[0], width, two.inA),
    b: rowsAt(read2[1], width, two.inB),
    chosen: { row: two.chosen, column: Math.min(column ?? 0, width - 1) }
  };
}

/** One head's part of an activation of [T, n_head, d_head]. */
function ofHead(data: Float32Array | undefined, run: Run, head: number): Float32Array | undefined {
  const { n_embd, n_head } = run.config;
  const d_head = n_embd / n_head;
  return (
    data &&
    Float32Array.from({ length: run.T * d_head }, (_, i) => {
      const position = Math.floor(i / d_head);
      return data[position * n_embd + head * d_head + (i % d_head)];
    })
  );
}

export function embeddingGrids(two: Two) {
  const { component } = two.stage.selection.view;
  return [
    byComponent(two, 'embed', (run) => run.activation('embed'), component),
    byComponent(two, 'pos_embed', (run) => run.activation('pos_embed'), component),
    byComponent(two, 'resid_pre 0', (run) => run.activation('resid_pre', 0), component)
  ];
}

function square(two: Two, name: 'pattern' | 'attn_scores', says: string): DifferenceGrid | undefined {
  const { layer, head, key } = two.stage.selection;
  const read = both(two, (run) => run.head(name, layer, head));
  if (!read) return undefined;
  return {
    name: `${name} ${layer}.${head}`,
    says,
    rows: { ...two.positions, name: words.query },
    columns: { ...two.positions, name: words.keyAxis },
    a: squareAt(read[0], two.a.T, two.inA),
    b: squareAt(read[1], two.b.T, two.inB),
    chosen: { row: two.chosen, column: placeOf(two.places, key) }
  };
}

/** Every head of the block: what each query reads from the selected key. */
function headsOnKey(two: Two): DifferenceGrid | undefined {
  const { layer, head, key } = two.stage.selection;
  const place = two.places[placeOf(two.places, key)];
  const { n_head } = two.a.config;
  const onKey = (run: Run, at: number | null): Float32Array | undefined => {
    const all = Array.from({ length: n_head }, (_, each) => run.head('pattern', layer, each));
    if (all.some((each) => each === undefined)) return undefined;
    return Float32Array.from({ length: n_head * run.T }, (_, i) => {
      const query = i % run.T;
      return at === null || at > query ? NaN : all[Math.floor(i / run.T)]![query * run.T + at];
    });
  };
  const [a, b] = [onKey(two.a, place.a), onKey(two.b, place.b)];
  if (!a || !b) return undefined;
  return {
    name: `pattern ${layer}.*`,
    says: words.onKey(labelOf(place)),
    rows: { name: words.head, labels: numbers(n_head).map((each) => `${layer}.${each}`) },
    columns: { ...two.positions, name: words.query },
    a: columnsAt(a, two.a.T, two.inA),
    b: columnsAt(b, two.b.T, two.inB),
    chosen: { row: head, column: two.chosen }
  };
}

export const attentionGrids = (two: Two) => [
  square(two, 'pattern', words.weight),
  square(two, 'attn_scores', words.score),
  headsOnKey(two)
];

export function qkvGrids(two: Two) {
  const { layer, head, view } = two.stage.selection;
  return (['q', 'k', 'v', 'z'] as const).map((name) =>
    byComponent(
      two,
      `${name} ${layer}.${head}`,
      (run) => ofHead(run.activation(name, layer), run, head),
      view.head_component
    )
  );
}

const NEURONS = 40; // that are drawn

export function mlpGrids(two: Two) {
  const { layer, view } = two.stage.selection;
  const all = byComponent(two, `mlp.post ${layer}`, (run) => run.activation('mlp.post', layer));
  const out = byComponent(two, `mlp_out ${layer}`, (run) => run.activation('mlp_out', layer));
  if (!all) return [undefined, out];
  const width = all.columns.labels.length;
  const row = differences(all).subarray(two.chosen * width, (two.chosen + 1) * width);
  const neurons = largestOf(row, NEURONS);
  const post: DifferenceGrid = {
    ...all,
    columns: { name: words.neuron, labels: neurons.map(String) },
    a: pickColumns(all.a, width, neurons),
    b: pickColumns(all.b, width, neurons),
    chosen: { row: two.chosen, column: Math.max(0, neurons.indexOf(view.neuron ?? -1)) }
  };
  return [neurons.length > 0 ? post : undefined, out];
}

export function normGrids(two: Two) {
  const { component } = two.stage.selection.view;
  const { scale, after } = normPlaces(two.stage.selection.view.norm, two.stage);
  const read = byComponent(two, scale[0], (run) => run.activation(...scale));
  return [
    read && { ...read, says: words.scaleOf },
    byComponent(two, after[0], (run) => run.activation(...after), component)
  ];
}

export function residualGrids(two: Two) {
  const { layer } = two.stage.selection;
  const norms = both(two, (run) => run.norms()?.resid);
  const depths = norms && norms[0].length / two.a.T;
  return [
    norms && {
      name: 'resid',
      says: words.norm,
      rows: { name: words.depth, labels: numbers(depths!) },
      columns: two.positions,
      a: columnsAt(norms[0], two.a.T, two.inA),
      b: columnsAt(norms[1], two.b.T, two.inB),
      chosen: { row: layer, column: two.chosen }
    },
    byComponent(two, `resid_pre ${layer}`, (run) => run.activation('resid_pre', layer))
  ];
}

const orMissing = (value: number): number => (value === NOT_READ ? NaN : value); // of a rank

/** The token that both lenses follow: the chosen one, else the best of A at the selected position. */
function tracked({ a, stage: { selection } }: Two): number | null {
  const logits = a.logits(selection.position);
  return selection.view.track ?? (logits ? topTokens(logits, 1)[0] : null);
}

export function lensGrids(two: Two) {
  const { selection, vocabulary } = two.stage;
  const token = tracked(two);
  if (token === null) return [undefined];
  const { measure, row, lens_inside: inside, lens_ln_f: ln_f } = selection.view;
  const all = (run: Run): Float32Array | undefined => {
    const at = (run === two.a ? two.inA : two.inB)[two.chosen] ?? run.T - 1;
    const rows = run.lens({ track: token, inside, ln_f }, { first: at, end: at + 1 }, at); // of a long prompt, one chunk
    const values = rows.map((row) => row?.[measure]);
    if (values.some((each) => !each)) return undefined;
    return Float32Array.from(values.flatMap((each) => Array.from(each!, orMissing)));
  };
  const read = both(two, all);
  if (!read) return [undefined];
  const { n_layer } = two.a.config;
  const step = inside ? 0.5 : 1; // depths from one row to the next
  return [
    {
      name: 'logit lens',
      says: words.lens[measure](tokenLabel(vocabulary.token(token))),
      rows: {
        name: words.depth,
        labels: numbers(n_layer / step + 1).map((each) => String(Number(each) * step))
      },
      columns: two.positions,
      a: columnsAt(read[0], two.a.T, two.inA),
      b: columnsAt(read[1], two.b.T, two.inB),
      chosen: { row: depthOfRow(row, selection.layer, n_layer, step) / step, column: two.chosen }
    }
  ];
}

export function lossGrids(two: Two) {
  const read = both(two, (run) => run.loss());
  if (!read) return [undefined];
  const surprise = ({ logProbabilities }: { logProbabilities: Float64Array }) =>
    Float32Array.of(NaN, ...Array.from(logProbabilities, (each) => -each));
  return [
    {
      name: 'loss',
      says: words.surprise,
      rows: { name: words.measure, labels: ['−ln p'] },
      columns: two.positions,
      a: columnsAt(surprise(read[0]), two.a.T, two.inA),
      b: columnsAt(surprise(read[1]), two.b.T, two.inB),
      chosen: { row: 0, column: two.chosen }
    }
  ];
}
