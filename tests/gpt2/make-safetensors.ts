/** Builds safetensors files by hand, right and wrong ones, without the code under test. */
import { GPT2_COMPUTATION } from '../../src/lib/gpt2/model/config.ts';

export interface TestTensor {
  dtype: string;
  shape: number[];
  bytes: Uint8Array;
}

export type TestDtype = 'F32' | 'F16' | 'BF16';

/** 2 blocks, 2 heads, width 4, 3 positions, 5 tokens: 12 values for wpe, 20 for wte, 244 a block, 8 for ln_f. */
export const TINY = {
  n_layer: 2,
  n_head: 2,
  n_embd: 4,
  n_ctx: 3,
  n_inner: 16,
  vocab_size: 5,
  layer_norm_epsilon: 1e-5,
  bos_token_id: 4,
  eos_token_id: [4],
  ...GPT2_COMPUTATION
};

const BLOCK_SHAPES: [string, number[]][] = [
  ['ln_1.weight', [4]],
  ['ln_1.bias', [4]],
  ['attn.c_attn.weight', [4, 12]],
  ['attn.c_attn.bias', [12]],
  ['attn.c_proj.weight', [4, 4]],
  ['attn.c_proj.bias', [4]],
  ['ln_2.weight', [4]],
  ['ln_2.bias', [4]],
  ['mlp.c_fc.weight', [4, 16]],
  ['mlp.c_fc.bias', [16]],
  ['mlp.c_proj.weight', [16, 4]],
  ['mlp.c_proj.bias', [4]]
];

/** TINY's names and shapes, written out. */
export const TINY_SHAPES = new Map<string, number[]>([
  ['wte.weight', [5, 4]],
  ['wpe.weight', [3, 4]],
  ...[0, 1].flatMap((layer) =>
    BLOCK_SHAPES.map(([name, shape]): [string, number[]] => [`h.${layer}.${name}`, shape])
  ),
  ['ln_f.weight', [4]],
  ['ln_f.bias', [4]]
]);

/** Values of the tensor at `place` in TINY_SHAPES: multiples of 1/64 from -1 to 1, exact in all three dtypes. */
export function tinyValues(place: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (((31 * i + 17 * place) % 129) - 64) / 64);
}

/** A TINY checkpoint's tensors, with `prefix` before each name. */
export function tinyTensors(dtype: TestDtype = 'F32', prefix = ''): Map<string, TestTensor> {
  const tensors = new Map<string, TestTensor>();
  for (const [name, shape] of TINY_SHAPES) {
    const values = tinyValues(tensors.size, product(shape));
    tensors.set(prefix + name, { dtype, shape, bytes: encodeFloats(values, dtype) });
  }
  return tensors;
}

/** The causal masks of older checkpoints: a triangle and the number far below all scores. */
export function maskBuffers(prefix = ''): [string, TestTensor][] {
  return [0, 1].flatMap((layer): [string, TestTensor][] => [
    [`${prefix}h.${layer}.attn.bias`, { dtype: 'U8', shape: [1, 1, 3, 3], bytes: new Uint8Array(9).fill(1) }],
    [
      `${prefix}h.${layer}.attn.masked_bias`,
      { dtype: 'F32', shape: [], bytes: encodeFloats([-10000], 'F32') }
    ]
  ]);
}

/** Little-endian bytes; the values must be exact in `dtype` (NaN and infinities only in F32 and BF16). */
export function encodeFloats(values: number[], dtype: TestDtype): Uint8Array {
  const size = dtype === 'F32' ? 4 : 2;
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, i) => {
    if (dtype === 'F32') view.setFloat32(4 * i, value, true);
    if (dtype === 'F16') view.setUint16(2 * i, float16Bits(value), true);
    if (dtype === 'BF16') view.setUint16(2 * i, bfloat16Bits(value), true);
  });
  return new Uint8Array(view.buffer);
}

function float16Bits(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  if (value === 0) return sign;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = (Math.abs(value) / 2 ** exponent - 1) * 1024;
  if (!Number.isInteger(fraction) || exponent < -14 || exponent > 15)
    throw new Error(`${value} is no float16`);
  return sign | ((exponent + 15) << 10) | fraction;
}

function bfloat16Bits(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  if (view.getUint16(2) !== 0) throw new Error(`${value} is no bfloat16`);
  return view.getUint16(0);
}

/** A file with these tensors one after another, the header padded with spaces to a multiple of 8 as usual. */
export function makeSafetensors(tensors: Iterable<[string, TestTensor]>): Uint8Array {
  const header: [string, unknown][] = [['__metadata__', { format: 'pt' }]];
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const [name, { dtype, shape, bytes }] of tensors) {
    header.push([name, { dtype, shape, data_offsets: [end, (end += bytes.length)] }]);
    parts.push(bytes);
  }
  const json = `{${header.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`).join()}}`;
  return joinFile(json.padEnd(Math.ceil(json.length / 8) * 8), concat(parts));
}

/** A file from its header (text, or bytes as they are) and its data; `length` lies about the header's length. */
export function joinFile(
  header: string | Uint8Array,
  data: Uint8Array = new Uint8Array(0),
  length?: bigint
): Uint8Array {
  const bytes = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const start = new DataView(new ArrayBuffer(8));
  start.setBigUint64(0, length ?? BigInt(bytes.length), true);
  return concat([new Uint8Array(start.buffer), bytes, data]);
}

export function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

function product(shape: number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
