/** `recording.json`: what was run, and what recorded it. */
import * as v from 'valibot';
import { parseConfig, type Gpt2Config } from '../model/config.ts';
import type { Pieces } from '../tokenizer/vocabulary.ts';
import { bytesToPiece, bytesToText } from '../tokenizer/byte-pieces.ts';
import { badRecording } from './bad-recording.ts';

export const ABOUT_FILE = 'recording.json';
export const VOCABULARY_FILE = 'vocabulary.json';
const FORMAT = 'gpt2-lens recording';
const VERSION = 1;
const ADVICE = 'Record the run again.';

/** Says once, in every file, how its arrays are to be read. */
const NAMING = 'TransformerLens names without a batch axis; no weights folded, nothing centred';

const text = v.pipe(v.string(), v.maxLength(200));
const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));

const aboutSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  naming: v.optional(text),
  model: v.object({
    name: text,
    /** Of model.safetensors, lower-case hexadecimal; null where it is unknown. */
    sha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
    config: v.record(v.string(), v.unknown()),
    /** What the activation of each block's MLP learned. */
    activation_parameters: v.optional(v.array(v.record(v.string(), v.number())))
  }),
  tokens: v.array(v.object({ id: natural, bytes: v.array(byte), special: v.optional(v.boolean()) })),
  made: v.object({ date: text, tool: text, version: text }),
  /** What the activations are stored as; one that float16 cannot hold is float32 all the same. */
  dtype: v.picklist(['F32', 'F16'])
});

const vocabularySchema = v.object({
  pieces: v.array(v.nullable(v.string())),
  names: v.array(natural),
  specials: v.array(natural),
  byteLevel: v.boolean()
});

export type RecordingAbout = v.InferOutput<typeof aboutSchema>;
export type RecordedToken = RecordingAbout['tokens'][number];

/** What a writer has to say of a run. */
export type RecordingFacts = Pick<RecordingAbout, 'made' | 'dtype'> & {
  readonly model: { readonly name: string; readonly sha256: string | null };
  readonly config: Gpt2Config;
  readonly activationParameters: readonly Readonly<Record<string, number>>[];
  readonly tokens: readonly {
    readonly id: number;
    readonly bytes: Uint8Array;
    readonly special: boolean;
  }[];
};

export function formatAbout({ model, config, activationParameters, tokens, made, dtype }: RecordingFacts) {
  const { n_ctx, ...sizes } = config;
  const about: RecordingAbout = {
    format: FORMAT,
    version: VERSION,
    naming: NAMING,
    model: {
      ...model,
      config: { model_type: 'gpt2', n_positions: n_ctx, ...sizes },
      activation_parameters: activationParameters.map((parameters) => ({ ...parameters }))
    },
    tokens: tokens.map(({ id, bytes, special }) => ({
      id,
      bytes: [...bytes],
      ...(special && { special })
    })),
    made,
    dtype
  };
  return `${JSON.stringify(about, null, 1)}\n`;
}

/** What `recording.json` would say of a run that is in no file. */
export const aboutRun = (facts: RecordingFacts): RecordingAbout => parseAbout(formatAbout(facts)).about;

/**
 * Reads `recording.json`.
 *
 * Throws: RecordingError that names the field; ConfigError, if it is one of the model's configuration.
 */
export function parseAbout(json: string): { about: RecordingAbout; config: Gpt2Config } {
  const about = checked(aboutSchema, json, ABOUT_FILE);
  const config = parseConfig(about.model.config);
  const { length } = about.tokens;
  if (length < 1 || length > config.n_ctx) {
    throw badRecording(`${ABOUT_FILE}: tokens`, [`1 to ${config.n_ctx} tokens`, length], ADVICE);
  }
  const wrong = about.tokens.find(({ id }) => id >= config.vocab_size);
  if (wrong) {
    throw badRecording(`${ABOUT_FILE}: tokens`, [`ids below ${config.vocab_size}`, wrong.id], ADVICE);
  }
  const parameters = about.model.activation_parameters ?? [];
  if (parameters.length !== 0 && parameters.length !== config.n_layer) {
    const expected = `one for each of ${config.n_layer} blocks`;
    throw badRecording(`${ABOUT_FILE}: activation_parameters`, [expected, parameters.length], ADVICE);
  }
  return { about, config };
}

/** Reads `vocabulary.json`.  Throws: RecordingError that names the field. */
export const parseVocabulary = (json: string): Pieces => checked(vocabularySchema, json, VOCABULARY_FILE);

/** The pieces of the recorded tokens alone, for a file without a vocabulary. */
export function piecesOfTokens(tokens: readonly RecordedToken[], vocab_size: number): Pieces {
  const pieces: (string | null)[] = new Array<null>(vocab_size).fill(null);
  const specials = tokens.filter(({ special }) => special).map(({ id }) => id);
  for (const { id, bytes, special } of tokens) {
    const whole = Uint8Array.from(bytes);
    pieces[id] = special ? bytesToText(whole) : bytesToPiece(whole);
  }
  return { pieces, names: specials, specials, byteLevel: true };
}

function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  json: string,
  file: string
): v.InferOutput<Schema> {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch (error) {
    throw badRecording(file, ['JSON', 'something else'], ADVICE, error);
  }
  const parsed = v.safeParse(schema, read, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? 'its root';
  const found = [issue.expected ?? 'valid', issue.received.slice(0, 80)] as const;
  throw badRecording(`${file}: ${field.slice(0, 80)}`, found, ADVICE);
}
