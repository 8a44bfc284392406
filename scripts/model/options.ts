import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HUB } from '../catalogue/hub-models.ts';
import { withValues } from '../command/flags.ts';
import { reasonOf, UsageError } from '../command/usage-error.ts';
import type { NarrowDtype } from '../../src/lib/gpt2/checkpoint/narrow.ts';

export interface ModelOptions {
  readonly command: 'add' | 'list' | 'remove';
  /** What to add or remove; '' for list. */
  readonly what: string;
  /** Name of the model's folder, or null: from what is added. */
  readonly name: string | null;
  /** Address of the hub, without a slash at its end. */
  readonly hub: string;
  /** What the weights are converted to, or null: as they are. */
  readonly dtype: NarrowDtype | null;
  /** Folder of the models, ending without a slash. */
  readonly models: string;
}

export const USAGE = `Usage: npm run model -- add <model> | list | remove <name>

  add gpt2              a model of the catalogue (gpt2, distilgpt2, gpt2-medium, gpt2-large, gpt2-xl)
  add owner/model       a repository of the Hugging Face hub
  add owner/model@revision
  add https://...       a page of the hub, or a folder with config.json, the weights and the tokenizer
  add ./folder          the same on this disk
  list                  what this copy of GPT-2 Lens serves
  remove <name>

  --name <name>         call it so
  --dtype F16|BF16      half the bytes: convert, and measure how far the logits are from those of the original
  --mirror <address>    fetch from a mirror of the hub
  --models <folder>     static/models unless given`;

/**
 * Reads the command line; null asks for the usage text.
 *
 * Throws: UsageError that names what is wrong.
 */
export function parseOptions(args: readonly string[]): ModelOptions | null {
  const { values, positionals } = read(args);
  if (values.help) return null;
  const [command, what, extra] = positionals;
  if (command !== 'add' && command !== 'list' && command !== 'remove') {
    throw new UsageError(
      `model: the command must be add, list or remove, got "${command ?? ''}". Run it with --help.`
    );
  }
  if ((command === 'list') !== (what === undefined) || extra !== undefined) {
    const expected = command === 'list' ? 'nothing' : 'one model';
    throw new UsageError(
      `model: ${command} must be given ${expected}, got "${positionals.slice(1).join(' ')}". Run it with --help.`
    );
  }
  return {
    command,
    what: what ?? '',
    name: values.name ?? null,
    dtype: readDtype(values.dtype, command),
    hub: (values.mirror ?? HUB).replace(/\/+$/, ''),
    models: resolve(values.models ?? 'static/models')
  };
}

function readDtype(value: string | undefined, command: string): NarrowDtype | null {
  if (value === undefined) return null;
  if (command !== 'add')
    throw new UsageError(`model: --dtype must come with add, got it with ${command}. Leave it out.`);
  if (value === 'F16' || value === 'BF16') return value;
  throw new UsageError(
    `model: --dtype must be F16 or BF16, got "${value}". Leave it out to keep the weights as they are.`
  );
}

function read(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { name: text, mirror: text, models: text, dtype: text, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: withValues(args, options), options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`model: ${reasonOf(error).split(/[.\n]/)[0]}. Run it with --help for the flags.`);
  }
}
