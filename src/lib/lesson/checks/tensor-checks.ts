import { topTokens } from '../../gpt2/index.ts';
import { printSize, printTensor, type PrintableTensor } from '../tensor-print/index.ts';
import type { CheckContext } from './context.ts';
import { pythonBool } from './python-text.ts';
import type { Axis, CheckSpec } from './types.ts';

type Spec<N extends CheckSpec['name']> = Extract<CheckSpec, { name: N }>;
type Print = 'tensor' | 'size';

/** Sums in another order, on values up to 20: two such computations of one model are the same up to here. */
const SAME = 1e-4;

/**
 * `torch.allclose` with ten times the first source's absolute 1e-6, as the lesson says: sums in another order differ by
 * up to 5e-6 on values up to 13 (wasm; not at all on cpu, where the order is the same).
 */
const CLOSE = { relative: 1e-5, absolute: 1e-5 };
/** Tokens whose logits are worked out from rows of wte by hand. */
const TIED_TOKENS = 5;
const TIED_DIFFERENCE = 1e-3; // nats; float32 sums of n_embd products at logits of 20 to 100

function write(tensor: PrintableTensor, print: Print): string {
  return print === 'size' ? printSize(tensor.shape) : printTensor(tensor);
}

/**
 * The sizes of a tensor that was read, in the order of the source's axes: a batch axis of 1 in front, heads before
 * positions or merged with their components, or the last row alone.
 */
function arrangedShape(shape: readonly number[], axes: readonly Axis[]): number[] {
  const wanted = axes.filter((axis) => typeof axis !== 'number');
  const batch = axes.filter((axis) => typeof axis === 'number');
  if (wanted.length === 1) return [...batch, shape.at(-1)!];
  if (wanted.length === 2 && shape.length === 3) return [...batch, shape[0], shape[1] * shape[2]];
  const headsFirst = wanted[0] === 'n_head' && wanted.at(-1) === 'd_head';
  return [...batch, ...(headsFirst ? [shape[1], shape[0], shape[2]] : shape)];
}

export async function activation(context: CheckContext, spec: Spec<'activation'>): Promise<string> {
  const { prompt, of, axes, print } = spec;
  const layer = spec.layer === 'last' ? context.model.config.n_layer - 1 : spec.layer;
  const trace = await context.trace(prompt);
  const read = await trace.read(of, layer);
  const shape = arrangedShape(read.shape, axes);
  if (print === 'list') return `[${shape.join(', ')}]`;
  return write({ shape, data: read.data }, print);
}

/** Output of a left-padded batch, or its keys and values: their sizes as they were computed. */
export function batch_size(context: CheckContext, { prompts, print }: Spec<'batch_size'>): string {
  const { hidden, past } = context.paddedShapes(context.batch(prompts));
  return print === 'hidden' ? printSize(hidden) : `(${past.blocks}, ${past.sets}, ${printSize(past.keys)})`;
}

/** The left-padded batch by runBlock, and once more from plain operations: as the source says it if they are the same. */
export async function padded_by_hand(
  context: CheckContext,
  { prompts }: Spec<'padded_by_hand'>
): Promise<string> {
  const difference = await context.paddedDifference(context.batch(prompts));
  return `(hidden_states != last_hidden_state).sum() ${difference < SAME ? '<' : '>='} 1e-6`;
}

/** Query, key and value side by side: the output of c_attn. */
export async function c_attn(
  context: CheckContext,
  { prompt, layer, print }: Spec<'c_attn'>
): Promise<string> {
  const trace = await context.trace(prompt);
  const T = trace.ids.length;
  const parts = [];
  for (const name of ['q', 'k', 'v'] as const) parts.push((await trace.read(name, layer)).data);
  const width = parts[0].length / T;
  const data = new Float32Array(parts.length * T * width);
  parts.forEach((part, i) => {
    for (let t = 0; t < T; t++)
      data.set(part.subarray(t * width, (t + 1) * width), (t * parts.length + i) * width);
  });
  return write({ shape: [1, T, parts.length * width], data }, print);
}

export async function by_hand(context: CheckContext, { prompt, print }: Spec<'by_hand'>): Promise<string> {
  const { shape, data } = await context.byHand(prompt);
  return write({ shape: [1, ...shape], data }, print);
}

export async function by_hand_equals_output(
  context: CheckContext,
  { prompt }: { prompt: string }
): Promise<string> {
  const { data: byHand } = await context.byHand(prompt);
  const { data } = await (await context.trace(prompt)).read('ln_final.normalized');
  const close = byHand.every(
    (value, i) => Math.abs(value - data[i]) <= CLOSE.absolute + CLOSE.relative * Math.abs(data[i])
  );
  return pythonBool(close && byHand.length === data.length);
}

/** True if the logits are products of the output with rows of wte, the matrix of the input. */
export async function tied(context: CheckContext, { prompt }: { prompt: string }): Promise<string> {
  const trace = await context.trace(prompt);
  const { n_embd } = context.model.config;
  const { data } = await trace.read('ln_final.normalized');
  const last = data.subarray(data.length - n_embd);
  const logits = await trace.logits('last');
  const best = topTokens(logits, TIED_TOKENS);
  const rows = (await (await context.traceIds(best)).read('embed')).data;
  return pythonBool(
    best.every((id, i) => {
      const row = rows.subarray(i * n_embd, (i + 1) * n_embd);
      const product = row.reduce((sum, value, at) => sum + value * last[at], 0);
      return Math.abs(product - logits[id]) <= TIED_DIFFERENCE;
    })
  );
}

export async function hidden_states(
  context: CheckContext,
  { prompt, print }: Spec<'hidden_states'>
): Promise<string> {
  const trace = await context.trace(prompt);
  const states = await trace.hiddenStates();
  if (print === 'count') return `Hidden states number: ${states.length}`;
  const T = trace.ids.length;
  return `(${[states.length, 1, T, states[0].length / T].join(', ')})`;
}

export async function hidden_row(
  context: CheckContext,
  { prompt, depth, position }: Spec<'hidden_row'>
): Promise<string> {
  const { n_embd } = context.model.config;
  const states = await (await context.trace(prompt)).hiddenStates();
  const data = states[depth].subarray(position * n_embd, (position + 1) * n_embd);
  return printTensor({ shape: [n_embd], data });
}
