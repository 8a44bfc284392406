/**
 * The logit lens from what TransformerLens computed: its residual stream, through ln_f, times wteᵀ, in float64.
 *
 * Source: nostalgebraist (2020), "interpreting GPT: the logit lens"; the weights are the model file's own.
 */
import { readFileSync } from 'node:fs';
import { parseSafetensors, toFloat32 } from '../../../src/lib/gpt2/checkpoint/safetensors.ts';
import { deviation, mean, softmax, type Reference } from './reference.ts';

const FOLDER = new URL('../../../static/models/gpt2-nano/', import.meta.url);
const EPSILON = 1e-5; // layer_norm_epsilon in the model's config.json
export const N_LAYER = 12;

const tensors = parseSafetensors(readFileSync(new URL('model.safetensors', FOLDER)));
const weights = (name: string) => toFloat32(tensors.get(name)!);
const [wte, weight, bias] = ['wte.weight', 'ln_f.weight', 'ln_f.bias'].map(weights);

/** Labels of tokens by id, for those that are plain text. */
const vocab = JSON.parse(readFileSync(new URL('vocab.json', FOLDER), 'utf8')) as Record<string, number>;
const pieces = Object.entries(vocab).reduce<string[]>((all, [piece, id]) => {
  all[id] = piece;
  return all;
}, []);
export const labelOf = (id: number): string => pieces[id].replaceAll('Ġ', '·').replaceAll('Ċ', '⏎');

function nameOf(depth: number): string {
  if (!Number.isInteger(depth)) return `blocks.${Math.floor(depth)}.hook_resid_mid`;
  return depth === 0 ? 'blocks.0.hook_resid_pre' : `blocks.${depth - 1}.hook_resid_post`;
}

/** Logits [vocab_size] at a depth (0 = embedding, 12 = output, 5.5 = after the attention of block 5) and position. */
export function lensLogits(reference: Reference, depth: number, position: number, ln_f = true): number[] {
  const resid = reference.row(nameOf(depth), position);
  const middle = mean(resid);
  const scale = Math.sqrt(deviation(resid) ** 2 + EPSILON);
  const normalised = resid.map((value, i) => ((value - middle) / scale) * weight[i] + bias[i]);
  const read = ln_f ? normalised : resid;
  const n_embd = resid.length;
  return Array.from({ length: wte.length / n_embd }, (_, id) => {
    let logit = 0;
    for (let i = 0; i < n_embd; i++) logit += read[i] * wte[id * n_embd + i];
    return logit;
  });
}

/** Nats. */
export const entropy = (probabilities: readonly number[]): number =>
  -probabilities.reduce((total, p) => total + (p > 0 ? p * Math.log(p) : 0), 0);

/** KL(final ‖ this) of two rows of logits, nats. */
export function klFrom(final: readonly number[], logits: readonly number[]): number {
  const [p, q] = [softmax(final), softmax(logits)];
  return p.reduce((total, at, id) => total + (at > 0 ? at * Math.log(at / q[id]) : 0), 0);
}

/** From 1. */
export const rankIn = (logits: readonly number[], id: number): number =>
  1 +
  logits.reduce(
    (above, logit, other) => above + (logit > logits[id] || (logit === logits[id] && other < id) ? 1 : 0),
    0
  );
