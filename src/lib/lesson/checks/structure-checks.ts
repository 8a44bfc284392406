import {
  configFields,
  linearSizes,
  parameterCount,
  printModel,
  pythonFloat,
  type BlockWeights,
  type LayerNormWeights,
  type LinearWeights
} from '../../gpt2/index.ts';
import { printSize } from '../tensor-print/index.ts';
import type { CheckContext } from './context.ts';
import { pythonQuoted } from './python-text.ts';
import type { CheckSpec, ModulePart } from './types.ts';

type Spec<N extends CheckSpec['name']> = Extract<CheckSpec, { name: N }>;

const norm = (name: string, { weight, epsilon }: LayerNormWeights) =>
  `(${name}): LayerNorm((${weight.shape[0]},), eps=${pythonFloat(epsilon)}, elementwise_affine=True)`;

/** How PyTorch writes a part of the model; the sizes are those of the loaded tensors. */
const parts: Record<ModulePart, (model: CheckContext['model'], block: BlockWeights) => string> = {
  embedding: ({ weights }) => `Embedding(${weights.wte.shape.join(', ')})`,
  blocks: ({ weights }) => `(0-${weights.h.length - 1}): ${weights.h.length} x GPT2Block(`,
  ln_1: (_, { ln_1 }) => norm('ln_1', ln_1),
  ln_2: (_, { ln_2 }) => norm('ln_2', ln_2)
};

export function module({ model }: CheckContext, { of }: Spec<'module'>): string {
  return parts[of](model, model.weights.h[0]);
}

/** The whole model as a source printed it, with the versions of the libraries that it ran. */
export function printed_model({ model }: CheckContext, { print }: Spec<'printed_model'>): string {
  return printModel(model.config, print);
}

/** A part of the printed model, moved to the left; as the versions of the libraries that the source ran print it. */
export function printed_part({ model }: CheckContext, { of }: Spec<'printed_part'>): string {
  const lines = printModel(model.config, { conv1dSizes: false, normBias: false }).split('\n');
  const lineOf = (part: string) => lines.findIndex((line) => line.includes(part));
  const [list, end, block, c_attn] = ['(h): ', '(ln_f)', 'GPT2Block(', '(c_attn)'].map(lineOf);
  const ranges = { blocks: [list, end], block: [block, end - 1], c_attn: [c_attn, c_attn + 1] } as const;
  const part = lines.slice(...ranges[of]);
  const indent = part[0].search(/\S/);
  const text = part.map((line) => line.slice(indent)).join('\n');
  return text.replace(/^\(.*?\): (?:\d+ x )?/, '');
}

/** Name of a parameter, and the shape of the tensor in memory. */
export function parameter({ model }: CheckContext, { of }: Spec<'parameter'>): string {
  const shape = parameterShape(model, of);
  return shape ? `transformer.${of} ${printSize(shape)}` : `no parameter ${of}`;
}

const BLOCK_PARAMETER =
  /^h\.(\d+)\.(ln_1|ln_2|attn\.c_attn|attn\.c_proj|mlp\.c_fc|mlp\.c_proj)\.(weight|bias)$/;

function parameterShape({ weights }: CheckContext['model'], name: string): number[] | null {
  if (name === 'wte.weight') return weights.wte.shape;
  if (name === 'wpe.weight') return weights.wpe.shape;
  const [, at, part, kind] = BLOCK_PARAMETER.exec(name) ?? [];
  const block = weights.h.at(Number(at ?? Number.NaN));
  if (!block || at === undefined) return null;
  const parts: Readonly<Record<string, readonly (LayerNormWeights | LinearWeights)[]>> = {
    ln_1: [block.ln_1],
    ln_2: [block.ln_2],
    'attn.c_attn': [block.c_attn.q, block.c_attn.k, block.c_attn.v],
    'attn.c_proj': [block.attn.c_proj],
    'mlp.c_fc': [block.mlp.c_fc],
    'mlp.c_proj': [block.mlp.c_proj]
  };
  return sideBySide(parts[part].map((one) => (kind === 'weight' ? weightShape(one) : one.bias.shape)));
}

/** [inputs, outputs] of a linear layer, however its weight lies; [n_embd] of a LayerNorm. */
function weightShape(weights: LayerNormWeights | LinearWeights): number[] {
  return 'panels' in weights ? [...linearSizes(weights)] : weights.weight.shape;
}

/** Tensors whose last axes stand side by side: the thirds of c_attn. */
function sideBySide(shapes: readonly number[][]): number[] {
  const width = shapes.reduce((sum, shape) => sum + shape.at(-1)!, 0);
  return [...shapes[0].slice(0, -1), width];
}

/** One field of config.json as Hugging Face prints it. */
export function config({ model }: CheckContext, { field }: Spec<'config'>): string {
  return configFields(model.configFile).get(field) ?? `no field ${field}`;
}

const N_CTX = 1024; // of all four GPT-2 models
const MILLION = 1e6;
const BILLION = 1e9;
const NAME_WIDTH = 13;

/** One row of the table of the four GPT-2 models: parameters, width (components of a head times heads), blocks. */
export function sizes({ model }: CheckContext, { n_embd, n_head, n_layer, ...row }: Spec<'sizes'>): string {
  const count = parameterCount({
    ...model.config,
    n_embd,
    n_layer,
    n_ctx: N_CTX,
    n_inner: 4 * n_embd
  });
  const text = count < BILLION ? `${Math.round(count / MILLION)}M` : `${(count / BILLION).toFixed(2)}B`;
  const width = `${n_embd} (${n_embd / n_head}*${n_head})`;
  return `|${row.model.padEnd(NAME_WIDTH)}|${text}|${width}|${n_layer}|`;
}

export function vocabulary({ model }: CheckContext, { print }: Spec<'vocabulary'>): string {
  const size = String(model.tokenizer.vocab_size);
  return print === 'number' ? size : `gpt2 tokenizer vocab size: ${size}`;
}

/** The name that GPT-2 gives to the beginning, the end and the unknown: one token for all three. */
export function special({ model }: CheckContext, { of }: Spec<'special'>): string {
  const { tokenizer } = model;
  const id = tokenizer.named[`${of}_token`];
  return `'${of}_token': ${id === undefined ? 'None' : pythonQuoted(tokenizer.token(id).text)}`;
}
