import { parseArgs } from 'node:util';
import {
  parseEdit,
  PATCH_BY_HEAD,
  PATCH_BY_POSITION,
  SALIENCY_METHODS,
  type Edit,
  type PatchPlace,
  type SaliencyMethod
} from '../../src/lib/gpt2/index.ts';
import { flag, readPlace, text, type NodeBackend } from '../command/flags.ts';
import { reasonOf, UsageError } from '../command/usage-error.ts';

const COMMANDS = ['attribution', 'ablate', 'patch', 'saliency', 'heads', 'circuits'] as const;
const DATA = ['prompt', 'repeats', 'text'] as const;

export interface ExplainOptions {
  readonly command: (typeof COMMANDS)[number];
  readonly model: string;
  readonly backend: NodeBackend;
  readonly json: boolean;
  readonly prompt: string | null;
  readonly clean: string | null;
  readonly corrupt: string | null;
  /** Texts of one token each. */
  readonly token: string | null;
  readonly minus: string | null;
  /** Null: the last. */
  readonly position: number | null;
  readonly edits: readonly Edit[];
  /** What edits take values from: `patch` and `difference` the other prompt, `mean=references` the references. */
  readonly other: string | null;
  readonly references: readonly string[];
  readonly what: PatchPlace | null;
  readonly layer: number | null;
  readonly method: SaliencyMethod;
  readonly steps: number | null;
  readonly on: (typeof DATA)[number];
  readonly file: string | null;
  readonly length: number | null;
  readonly rows: number | null;
  readonly seed: number | null;
}

export const USAGE = `Usage: npm run -s explain -- --model <folder> <command> [options]

  attribution --prompt <text> --token <token> [--minus <token>] [--position last|<n>]
                        what each head, MLP, embedding and bias adds to the token's logit
  ablate --prompt <text> --edit <edit> [--edit ...] --token <token> [--minus <token>] [--position ...]
         [--other <text>] [--reference <text> ...]
                        the logit and the ten best tokens before and after edits, such as zero:z.8.2; patch:z.8.2
                        takes a value from --other, mean=references:z.8.2 the mean over every --reference
  patch --clean <text> --corrupt <text> --what <place> --token <token> [--minus <token>] [--layer <n>]
                        one place of the clean run put into the corrupt one, place by place
                        (${[...PATCH_BY_POSITION, ...PATCH_BY_HEAD].join(', ')})
  saliency --prompt <text> --token <token> [--minus <token>] [--method ${SALIENCY_METHODS.join('|')}] [--steps <n>]
                        how much each token of the prompt matters, by gradients
  heads --on repeats [--length 50] [--seed 0] | --on text --file <file> [--rows 64] [--length 128] | --on prompt --prompt <text>
                        scores of every head: previous, duplicate, induction, first, self
  circuits              copying and composition scores by the weights alone

  --model <folder>      config.json, model.safetensors, vocab.json, merges.txt
  --backend wasm|cpu    wasm unless given
  --json                print one JSON object instead of a summary
A prompt of one command may also stand before it. A token is one token's text, mostly with a space before: " Mary".`;

const FLAGS = {
  ...{ model: text, backend: text, json: flag, help: flag },
  ...{ prompt: text, clean: text, corrupt: text, token: text, minus: text, position: text },
  ...{ what: text, layer: text, method: text, steps: text, on: text, file: text, length: text },
  ...{ rows: text, seed: text },
  other: text,
  edit: { type: 'string', multiple: true },
  reference: { type: 'string', multiple: true }
} as const;

/** What each command must be given, and what it may be. */
const NEEDS: Readonly<
  Record<ExplainOptions['command'], { needs: readonly string[]; may: readonly string[] }>
> = {
  attribution: { needs: ['prompt', 'token'], may: ['minus', 'position'] },
  ablate: { needs: ['prompt', 'edit', 'token'], may: ['minus', 'position', 'other', 'reference'] },
  patch: { needs: ['clean', 'corrupt', 'what', 'token'], may: ['minus', 'position', 'layer', 'prompt'] },
  saliency: { needs: ['prompt', 'token'], may: ['minus', 'position', 'method', 'steps'] },
  heads: { needs: ['on'], may: ['prompt', 'file', 'length', 'rows', 'seed'] },
  circuits: { needs: [], may: ['prompt'] }
};
const COMMON = ['model', 'backend', 'json', 'help'];

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names the flag.
 */
export function parseOptions(args: readonly string[]): ExplainOptions | null {
  const { values, positionals } = split(args);
  if (values.help) return null;
  const command = COMMANDS.find((name) => name === positionals[0]);
  if (!command || positionals.length > 1)
    throw new UsageError(
      `explain: the command must be one of ${COMMANDS.join(', ')}, got ${positionals.map((one) => `"${one}"`).join(' ') || 'none'}. Run it with --help.`
    );
  expectFlags(command, values);
  const edits = (values.edit ?? []).flatMap((texts) => texts.split(';').map(parseEdit));
  expectSources(edits, values);
  const on = oneOf('--on', values.on ?? 'prompt', DATA);
  if (command === 'heads') expectData(on, values);
  return {
    command,
    ...readPlace('explain', values),
    json: values.json ?? false,
    prompt: values.prompt ?? null,
    clean: values.clean ?? null,
    corrupt: values.corrupt ?? null,
    token: values.token ?? null,
    minus: values.minus ?? null,
    position: values.position === 'last' ? null : whole('--position', values.position),
    edits,
    other: values.other ?? null,
    references: values.reference ?? [],
    what:
      values.what === undefined
        ? null
        : oneOf('--what', values.what, [...PATCH_BY_POSITION, ...PATCH_BY_HEAD]),
    layer: whole('--layer', values.layer),
    method: oneOf('--method', values.method ?? 'input_x_gradient', SALIENCY_METHODS),
    steps: whole('--steps', values.steps),
    on,
    file: values.file ?? null,
    length: whole('--length', values.length),
    rows: whole('--rows', values.rows),
    seed: whole('--seed', values.seed)
  };
}

function split(args: readonly string[]) {
  try {
    return parseArgs({ args: withJoinedTexts(args), options: FLAGS, strict: true, allowPositionals: true });
  } catch (error) {
    const reason = reasonOf(error).split(/[.\n]/)[0];
    throw new UsageError(`explain: ${reason}. Run it with --help for the flags.`);
  }
}

/** Joins a flag and a text that begins with "-", which would look like another flag: --prompt "- item". */
function withJoinedTexts(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const name = args[i].startsWith('--') ? args[i].slice(2) : '';
    const takesText = Object.hasOwn(FLAGS, name) && FLAGS[name as keyof typeof FLAGS].type === 'string';
    const next = args.at(i + 1);
    const isText =
      next !== undefined &&
      next.startsWith('-') &&
      !(next.startsWith('--') && Object.hasOwn(FLAGS, next.slice(2)));
    if (takesText && isText) joined.push(`${args[i]}=${args[++i]}`);
    else joined.push(args[i]);
  }
  return joined;
}

type Values = Record<string, unknown>;

function expectFlags(command: ExplainOptions['command'], values: Values): void {
  const { needs, may } = NEEDS[command];
  const missing = needs.find((name) => values[name] === undefined);
  if (missing)
    throw new UsageError(`explain: --${missing} must be given for ${command}, got none. Run it with --help.`);
  const extra = Object.keys(values).find((name) => ![...COMMON, ...needs, ...may].includes(name));
  if (extra)
    throw new UsageError(`explain: --${extra} must be left out for ${command}, got it. Run it with --help.`);
}

/** Throws: UsageError if an edit takes values from prompts that are not given. */
function expectSources(edits: readonly Edit[], values: Values): void {
  const takesOther = (edit: Edit) =>
    edit.kind === 'patch' || (edit.kind === 'add' && 'difference' in edit.direction);
  const takesReferences = (edit: Edit) => edit.kind === 'mean' && edit.over === 'references';
  const need = (name: string, why: string) => {
    throw new UsageError(`explain: --${name} must be given for ${why}, got none. Run it with --help.`);
  };
  if (values.other === undefined && edits.some(takesOther))
    need('other', 'an edit that takes from another prompt');
  if (values.reference === undefined && edits.some(takesReferences))
    need('reference', 'a mean over reference prompts');
}

function expectData(on: ExplainOptions['on'], values: Values): void {
  const needed = { prompt: 'prompt', repeats: null, text: 'file' }[on];
  if (!needed || values[needed] !== undefined) return;
  throw new UsageError(`explain: --${needed} must be given with --on ${on}, got none. Run it with --help.`);
}

function oneOf<T extends string>(name: string, value: string, all: readonly T[]): T {
  const found = all.find((one) => one === value);
  if (found) return found;
  throw new UsageError(
    `explain: ${name} must be one of ${all.join(', ')}, got "${value}". Choose one of them.`
  );
}

function whole(name: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^\d+$/.test(value)) return Number(value);
  throw new UsageError(`explain: ${name} must be a whole number from 0, got "${value}". Write 3.`);
}
