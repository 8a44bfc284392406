import type { Gpt2Config } from '../model/config.ts';
import { InputError, mustBe } from '../errors.ts';

/**
 * The table of everything a trace can be asked for: each activation's name, its full TransformerLens name and its
 * shape. Axis order is TransformerLens's, without the batch axis.
 *
 * Source: TransformerLens, ActivationCache (names and axis order).
 */
interface ActivationKind {
  /** `block`: one of each layer; `model`: one of the whole model. */
  readonly scope: 'block' | 'model';
  readonly fullName: (layer: number) => string;
  readonly shape: (config: Gpt2Config, T: number) => number[];
  /** False: it is not part of the block that a trace keeps, but read from the stream or computed when read. */
  readonly kept: boolean;
}

const perHead = (c: Gpt2Config, T: number) => [T, c.n_head, c.n_embd / c.n_head];
const perResult = (c: Gpt2Config, T: number) => [T, c.n_head, c.n_embd];
const perPair = (c: Gpt2Config, T: number) => [c.n_head, T, T];
const stream = (c: Gpt2Config, T: number) => [T, c.n_embd];
const column = (_: Gpt2Config, T: number) => [T, 1];
const neurons = (c: Gpt2Config, T: number) => [T, c.n_inner];

const block = (path: string, shape: ActivationKind['shape'], kept = true): ActivationKind => ({
  scope: 'block',
  kept,
  fullName: (layer) => `blocks.${layer}.${path}`,
  shape
});
const whole = (path: string, shape: ActivationKind['shape']): ActivationKind => ({
  scope: 'model',
  kept: false,
  fullName: () => path,
  shape
});

export const ACTIVATIONS = {
  embed: whole('hook_embed', stream),
  pos_embed: whole('hook_pos_embed', stream),
  resid_pre: block('hook_resid_pre', stream, false),
  'ln1.scale': block('ln1.hook_scale', column),
  'ln1.normalized': block('ln1.hook_normalized', stream),
  q: block('attn.hook_q', perHead),
  k: block('attn.hook_k', perHead),
  v: block('attn.hook_v', perHead),
  attn_scores: block('attn.hook_attn_scores', perPair),
  pattern: block('attn.hook_pattern', perPair),
  z: block('attn.hook_z', perHead),
  result: block('attn.hook_result', perResult, false),
  attn_out: block('hook_attn_out', stream),
  resid_mid: block('hook_resid_mid', stream),
  'ln2.scale': block('ln2.hook_scale', column),
  'ln2.normalized': block('ln2.hook_normalized', stream),
  'mlp.pre': block('mlp.hook_pre', neurons),
  'mlp.post': block('mlp.hook_post', neurons),
  mlp_out: block('hook_mlp_out', stream),
  resid_post: block('hook_resid_post', stream),
  'ln_final.scale': whole('ln_final.hook_scale', column),
  'ln_final.normalized': whole('ln_final.hook_normalized', stream),
  logits: whole('logits', (c, T) => [T, c.vocab_size])
} satisfies Record<string, ActivationKind>;

export type ActivationName = keyof typeof ACTIVATIONS;

/** The axis of heads in the shapes that have one. */
const HEAD_AXES = new Map<ActivationKind['shape'], 0 | 1>([
  [perHead, 1],
  [perResult, 1],
  [perPair, 0]
]);

/** The axis along which an activation is split by head; null where it is not. */
export const headAxis = (name: ActivationName): 0 | 1 | null =>
  HEAD_AXES.get(ACTIVATIONS[name].shape) ?? null;

/** Every name, in the order of the computation. */
export const activationNames = Object.keys(ACTIVATIONS) as ActivationName[];

/**
 * Finds an activation by name and checks its layer.
 *
 * Throws: InputError if the name is unknown, or the layer is missing, out of range or given where there is none.
 */
export function activationKind(name: string, layer: number | undefined, config: Gpt2Config): ActivationKind {
  if (!Object.hasOwn(ACTIVATIONS, name)) {
    throw new InputError(
      mustBe('read: name', 'an activation', `"${name}"`, `Use one of ${activationNames.join(', ')}.`)
    );
  }
  const kind: ActivationKind = ACTIVATIONS[name as ActivationName];
  const inRange = Number.isInteger(layer) && layer! >= 0 && layer! < config.n_layer;
  if (kind.scope === 'block' && !inRange) {
    const range = `a layer from 0 to ${config.n_layer - 1}`;
    throw new InputError(mustBe(`read: layer of ${name}`, range, layer, 'Pass the block to read from.'));
  }
  if (kind.scope === 'model' && layer !== undefined) {
    throw new InputError(
      mustBe(`read: layer of ${name}`, 'left out', layer, `There is one ${name} in the model.`)
    );
  }
  return kind;
}

/** The activations that a trace keeps of a block. */
export const keptActivations = activationNames.filter((name) => (ACTIVATIONS[name] as ActivationKind).kept);

/** The full TransformerLens name, as exports spell it: `exportName('pattern', 5)` is `blocks.5.attn.hook_pattern`. */
export function exportName(name: ActivationName, layer?: number): string {
  return ACTIVATIONS[name].fullName(layer ?? 0);
}

/** Every (name, layer) a model has, in the order of the computation: the list an export walks. */
export function* everyActivation(config: Gpt2Config): Generator<{ name: ActivationName; layer?: number }> {
  const inBlocks = activationNames.filter((name) => ACTIVATIONS[name].scope === 'block');
  const beforeBlocks: ActivationName[] = ['embed', 'pos_embed'];
  for (const name of beforeBlocks) yield { name };
  for (let layer = 0; layer < config.n_layer; layer++) {
    for (const name of inBlocks) yield { name, layer };
  }
  for (const name of activationNames) {
    if (ACTIVATIONS[name].scope === 'model' && !beforeBlocks.includes(name)) yield { name };
  }
}
