import * as v from 'valibot';
import { InputError, mustBe } from '../gpt2/index.ts';

/**
 * Values that another program computed for a model, to hold ours beside: `scripts/fixtures/make_check_values.py` writes
 * such a file from Hugging Face's GPT-2, and one can be written by hand. docs/checking.md describes it.
 */
const FORMAT = 'gpt2-lens-check';
const VERSION = 1;
const MOST_PROMPTS = 50;
const MOST_IDS = 1024;

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const ids = v.pipe(v.array(index), v.maxLength(MOST_IDS));

const activation = v.pipe(
  v.object({
    /** Without batch axis, row-major. */
    shape: v.optional(v.array(index)),
    /** Places of the values in the flattened tensor; left out where `values` are all of them. */
    at: v.optional(v.array(index)),
    values: v.array(v.number()),
    /** [sum, sum of squares, min, max, count] over all finite values. */
    stats: v.optional(v.tuple([v.number(), v.number(), v.number(), v.number(), index]))
  }),
  v.check(({ at, values }) => !at || at.length === values.length, 'must have as many places as values')
);

const fileSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  /** Name of the model; shown, and not compared. */
  model: v.string(),
  made_by: v.optional(v.record(v.string(), v.string())),
  texts: v.optional(v.array(v.object({ text: v.string(), ids }))),
  prompts: v.pipe(
    v.array(
      v.object({
        text: v.string(),
        ids: v.pipe(ids, v.minLength(1)),
        /** By full names, as exports spell them: `blocks.3.attn.hook_q`. */
        activations: v.record(v.string(), activation)
      })
    ),
    v.maxLength(MOST_PROMPTS)
  )
});

export type ValuesFile = v.InferOutput<typeof fileSchema>;
export type StoredActivation = v.InferOutput<typeof activation>;

const ADVICE = 'Make one with scripts/fixtures/make_check_values.py; docs/checking.md describes the format.';
const EXCERPT = 40;

/**
 * Reads a file of values from its text.
 *
 * @param where the file's name, for errors
 *
 * Throws: InputError that names the place where the text is not such a file.
 */
export function parseValuesFile(text: string, where: string): ValuesFile {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    const actual = JSON.stringify(text.slice(0, EXCERPT));
    throw new InputError(mustBe(where, 'JSON', actual, ADVICE), undefined, { cause: error });
  }
  const parsed = v.safeParse(fileSchema, found);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue) ?? 'its root';
  throw new InputError(
    mustBe(where, `${FORMAT} of version ${VERSION}`, `${place}: ${issue.message}`, ADVICE)
  );
}

/** The values of the embedded model that come with the page, made by Hugging Face's GPT-2. */
export async function storedValues(): Promise<ValuesFile> {
  const { default: stored } = await import('./gpt2-nano.json', { with: { type: 'json' } });
  return stored as unknown as ValuesFile;
}

/** The model that has stored values. */
export const STORED_MODEL = 'gpt2-nano';
