/** Small checkpoints of every kind that transformers reads, made from the fixture's files and seeds. */
import { readFileSync } from 'node:fs';
import type { ModelFiles } from '../../src/lib/gpt2/checkpoint/model-files.ts';
import { makeSafetensors, type TestTensor } from './make-safetensors.ts';

interface SeededTensor {
  readonly seed: number;
  readonly scale: number;
  readonly base: number;
  readonly shape: number[];
  readonly dtype?: 'F32' | 'F16' | 'BF16' | 'F64' | 'I64';
}

/** One checkpoint, and what transformers computes with it. */
export interface CheckpointKind {
  /** Text of each file: its place in `stored`. */
  readonly files: Readonly<Record<string, number>>;
  readonly vocab_size: number;
  /** Beside the base's, or other than there. */
  readonly tensors: Readonly<Record<string, SeededTensor>>;
  /** Of the base, those that the file lacks. */
  readonly gone: readonly string[];
  readonly shards?: number;
  readonly metadata?: null;
  /** The five best next tokens after `ids`, with logits. */
  readonly best: readonly (readonly [id: number, logit: number])[];
  /** Ids of each text, as AutoTokenizer gives them. */
  readonly tokens: readonly (readonly number[])[];
  /** Those ids as text again. */
  readonly decoded: readonly string[];
}

interface Fixture {
  readonly ids: number[];
  readonly texts: string[];
  readonly base: Readonly<Record<string, SeededTensor>>;
  readonly stored: readonly string[];
  readonly cases: Readonly<Record<string, CheckpointKind>>;
}

export const FIXTURE = JSON.parse(
  readFileSync(new URL('../fixtures/checkpoints.json', import.meta.url), 'utf8')
) as Fixture;

/** As `values` of scripts/fixtures/make_checkpoint_fixture.py: exact in every dtype. */
function valuesOf({ seed, scale, base, shape }: SeededTensor): number[] {
  const count = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: count }, (_, i) => {
    let h = (Math.imul(seed, 0x9e3779b1) + Math.imul(i, 0x85ebca6b)) >>> 0;
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 0;
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39) >>> 0;
    h = (h ^ (h >>> 15)) >>> 0;
    return (((h % 128) - 64) / 64) * scale + base;
  });
}

/** Little-endian; a value that fits in few bits, so that 16-bit floats are the upper half of it or made by scaling. */
function encode(values: readonly number[], dtype: NonNullable<SeededTensor['dtype']>): Uint8Array {
  if (dtype === 'F64') return new Uint8Array(Float64Array.from(values).buffer);
  if (dtype === 'I64') return new Uint8Array(BigInt64Array.from(values, (v) => BigInt(Math.trunc(v))).buffer);
  const single = new Uint32Array(Float32Array.from(values).buffer);
  if (dtype === 'F32') return new Uint8Array(single.buffer);
  if (dtype === 'BF16') return new Uint8Array(Uint16Array.from(single, (bits) => bits >>> 16).buffer);
  return new Uint8Array(Uint16Array.from(single, float16Bits).buffer);
}

/** float32 bits to float16 bits, for values that float16 holds exactly and that are normal there. */
function float16Bits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  return (bits << 1) >>> 0 === 0 ? sign : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

function tensorsOf(kind: CheckpointKind): [string, TestTensor][] {
  const base = Object.entries(FIXTURE.base).map(([name, tensor]) => {
    const shape = name.endsWith('wte.weight') ? [kind.vocab_size, tensor.shape[1]] : tensor.shape;
    return [name, { ...tensor, shape }] as const;
  });
  const all = new Map([
    ...base.filter(([name]) => !kind.gone.includes(name)),
    ...Object.entries(kind.tensors)
  ]);
  return [...all].map(([name, tensor]) => {
    const { dtype = 'F32', shape } = tensor;
    return [name, { dtype, shape, bytes: encode(valuesOf(tensor), dtype) }];
  });
}

/** The folder's files by name. */
export function kindFiles(kind: CheckpointKind): Record<string, Uint8Array> {
  const entries = Object.entries(kind.files).map(([name, at]) => [
    name,
    new TextEncoder().encode(FIXTURE.stored[at])
  ]);
  const files = Object.fromEntries(entries) as Record<string, Uint8Array>;
  const tensors = tensorsOf(kind);
  const { shards = 1 } = kind;
  if (shards === 1) return { ...files, 'model.safetensors': makeSafetensors(new Map(tensors)) };
  const number = (shard: number) => String(shard).padStart(5, '0');
  const { weight_map } = JSON.parse(FIXTURE.stored[kind.files['model.safetensors.index.json']]) as {
    weight_map: Record<string, string>;
  };
  for (let shard = 1; shard <= shards; shard++) {
    const file = `model-${number(shard)}-of-${number(shards)}.safetensors`;
    files[file] = makeSafetensors(new Map(tensors.filter(([name]) => weight_map[name] === file)));
  }
  return files;
}

/** A folder in memory; rejects where there is no such file. */
export function folderOf(files: Readonly<Record<string, Uint8Array>>): ModelFiles {
  return {
    read: (name) => (name in files ? Promise.resolve(files[name]) : Promise.reject(new Error(`no ${name}`))),
    names: () => Promise.resolve(Object.keys(files))
  };
}
