import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HUB } from '../catalogue/hub-models.ts';
import { reasonOf, UsageError } from '../command/usage-error.ts';

export interface ModelOptions {
  readonly command: 'add' | 'list' | 'remove';
  /** What to add or remove; '' for list. */
  readonly what: string;
  /** Name of the model's folder, or null: from what is added. */
  readonly name: string | null;
  /** Address of the hub, without a slash at its end. */
  readonly hub: string;
  /** Folder of the models, ending without a slash. */
  readonly models: string;
}

export const USAGE = `Usage: npm run model -- add <model> | list | remove <name>

  add gpt2              a model of the catalogue (gpt2, distilgpt2, gpt2-medium, gpt2-large, gpt2-xl)
  add owner/model       a repository of the Hugging Face hub
  add https://...       a folder with config.json, model.safetensors, vocab.json and merges.txt
  add ./folder          the same on this disk
  list                  what this copy of GPT-2 Lens serves
  remove <name>

  --name <name>         call it so
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
    hub: (values.mirror ?? HUB).replace(/\/+$/, ''),
    models: resolve(values.models ?? 'static/models')
  };
}

function read(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { name: text, mirror: text, models: text, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`model: ${reasonOf(error).split(/[.\n]/)[0]}. Run it with --help for the flags.`);
  }
}
