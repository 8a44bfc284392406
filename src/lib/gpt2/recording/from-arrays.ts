/** A run from arrays that another program holds, under the names of a recording. */
import { InputError, mustBe } from '../errors.ts';
import { parseConfig, type Gpt2Config } from '../model/config.ts';
import { bytesToPiece, textToBytes } from '../tokenizer/byte-pieces.ts';
import type { Pieces } from '../tokenizer/vocabulary.ts';
import { aboutRun, type RecordingAbout } from './about.ts';
import { knownArrays } from './members.ts';
import type { NpyArray } from './npy.ts';
import type { Recording } from './read.ts';

/** One array: row-major, as many values as its shape's product. */
export interface GivenArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}

/** What there is of a run. What a picture needs and is not there, it says. */
export interface RunArrays {
  /** The tokens' texts, in order. */
  readonly tokens: readonly string[];
  /** Their ids; left out: equal texts get equal ids, from 0. */
  readonly ids?: readonly number[];
  /** Texts of other ids that the arrays name: `lens.top_ids`, `logits`. */
  readonly texts?: Readonly<Record<number, string>>;
  /** By their names in a recording: `blocks.5.attn.hook_pattern`, `logits`, `lens.top_ids`. */
  readonly arrays: Readonly<Record<string, GivenArray>>;
  /** Sizes of the model; those left out are read off the arrays' shapes. */
  readonly config?: Partial<Gpt2Config>;
  /** Of the model. */
  readonly name?: string;
}

const BLOCK = /^blocks\.(\d+)\./;
/** Where a size can be read: the end of an array's name, and the axis. */
const SIZES = {
  n_head: [
    ['hook_pattern', 0],
    ['hook_attn_scores', 0],
    ['attn.hook_q', 1],
    ['attn.hook_k', 1],
    ['attn.hook_v', 1],
    ['attn.hook_z', 1],
    ['values.v', 1],
    ['flow.heads', 3]
  ],
  n_embd: [
    ['hook_resid_pre', 1],
    ['hook_resid_mid', 1],
    ['hook_resid_post', 1],
    ['hook_embed', 1],
    ['hook_normalized', 1],
    ['hook_attn_out', 1],
    ['hook_mlp_out', 1],
    ['ln.weight', 1]
  ],
  n_inner: [
    ['mlp.hook_pre', 1],
    ['mlp.hook_post', 1]
  ],
  vocab_size: [['logits', 1]]
} as const satisfies Record<string, readonly (readonly [string, number])[]>;
const ADVICE = 'Give each array the shape that docs/recordings.md names.';

/**
 * A recorded run that is in no file.
 *
 * Memory: holds the given arrays, not copies.
 * Throws: InputError if an array has no known name, another shape than the model and the tokens give it, or another
 *         count of values than its shape; ConfigError or RecordingError if the sizes make no GPT-2.
 */
export function recordingOfArrays(given: RunArrays, made: RecordingAbout['made']): Recording {
  const ids = given.ids ?? given.tokens.map((text) => given.tokens.indexOf(text));
  if (ids.length !== given.tokens.length)
    throw new InputError(mustBe('arrays: ids', `${given.tokens.length} ids`, ids.length, ADVICE));
  const texts = new Map(Object.entries(given.texts ?? {}).map(([id, text]) => [Number(id), text]));
  ids.forEach((id, i) => texts.set(id, given.tokens[i]));
  const config = configOf(given, Math.max(...ids, ...texts.keys()) + 1);
  const known = knownArrays(config, ids.length);
  const arrays = new Map(
    Object.entries(given.arrays).map(([name, array]) => [name, checked(name, array, known.get(name))])
  );
  const tokens = ids.map((id) => ({ id, bytes: textToBytes(texts.get(id)!), special: false }));
  const about = aboutRun({
    model: { name: given.name ?? 'model', sha256: null },
    config,
    activationParameters: [],
    tokens,
    made,
    dtype: 'F32'
  });
  return { about, config, pieces: piecesOf(texts, config.vocab_size), arrays };
}

function piecesOf(texts: ReadonlyMap<number, string>, vocab_size: number): Pieces {
  const pieces = new Array<string | null>(vocab_size).fill(null);
  for (const [id, text] of texts) pieces[id] = bytesToPiece(textToBytes(text));
  return { pieces, names: [], specials: [], byteLevel: true };
}

/** @param least ids that there are at least */
function configOf({ arrays, config = {}, tokens }: RunArrays, least: number): Gpt2Config {
  const names = Object.keys(arrays);
  const read = (size: keyof typeof SIZES) => {
    for (const [end, axis] of SIZES[size]) {
      const name = names.find((each) => each.endsWith(end));
      if (name !== undefined) return arrays[name].shape[axis];
    }
    return undefined;
  };
  const topIds = arrays['lens.top_ids']?.data ?? [];
  const depths = arrays['lens.top_ids']?.shape[0];
  const layers = names.map((name) => Number(BLOCK.exec(name)?.[1] ?? -1));
  const n_head = read('n_head') ?? 1;
  const perHead = names.find((name) => /attn\.hook_[qkvz]$/.test(name));
  const n_embd = read('n_embd') ?? (perHead ? n_head * arrays[perHead].shape[2] : n_head);
  let largest = least - 1;
  for (const id of topIds) largest = Math.max(largest, id);
  return parseConfig({
    model_type: 'gpt2',
    n_layer: depths ? depths - 1 : Math.max(0, ...layers) + 1,
    n_head,
    n_embd,
    n_inner: read('n_inner') ?? 4 * n_embd,
    vocab_size: read('vocab_size') ?? largest + 1,
    n_positions: config.n_ctx ?? tokens.length,
    ...config
  });
}

function checked(
  name: string,
  { shape, data }: GivenArray,
  known: { readonly shape: readonly number[]; readonly dtypes: readonly string[] } | undefined
): NpyArray {
  const where = `arrays: ${name}`;
  if (!known) throw new InputError(mustBe(where, 'an array of this model', 'another name', ADVICE));
  const list = (sizes: readonly number[]) => `[${sizes.join(', ')}]`;
  if (String(shape) !== String(known.shape))
    throw new InputError(mustBe(where, list(known.shape), list(shape), ADVICE));
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.length !== count) throw new InputError(mustBe(where, `${count} values`, data.length, ADVICE));
  const dtype = data instanceof Int32Array ? 'int32' : data instanceof Float64Array ? 'float64' : 'float32';
  if (!known.dtypes.includes(dtype))
    throw new InputError(mustBe(where, known.dtypes.join(' or '), dtype, ADVICE));
  return { dtype, shape, data };
}
