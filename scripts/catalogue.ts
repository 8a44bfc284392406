/**
 * Makes static/models/models.json, the list of models that the page offers: the folders beside it, which it serves, and
 * the models on Hugging Face's hub, which a reader may fetch: `node scripts/run-ts.mjs scripts/catalogue.ts`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parameterCount } from '../src/lib/gpt2/checkpoint/weight-spec.ts';
import { describeFolder, isModelFolder } from './catalogue/describe-folder.ts';
import {
  GPT2_N_CTX,
  GPT2_VOCAB_SIZE,
  HUB,
  HUB_FILES,
  HUB_MODELS,
  HUB_REVISION,
  type HubModel
} from './catalogue/hub-models.ts';
import { writeWholeFile } from './command/whole-file.ts';
import type { Conversion } from './model/convert-folder.ts';
import { UNFINISHED } from './model/unfinished.ts';

export interface CatalogueFile {
  readonly name: string;
  /** Absent where the publisher's number is not known. */
  readonly bytes?: number;
  /** Lower-case hexadecimal; absent where the publisher's is not known: length, ETag and header are checked then. */
  readonly sha256?: string;
}

export interface CatalogueModel {
  readonly name: string;
  /** Folder beside models.json; absent for a model of the hub. */
  readonly folder?: string;
  /** Where the hub has it. */
  readonly hub?: { readonly id: string; readonly revision: string };
  /** Numbers that the model learned; wte counts once, for it is also the output. */
  readonly parameters: number;
  /** As safetensors spells it: F32, F16 or BF16; "F16 and F32" where tensors differ. */
  readonly dtype: string;
  /** What it was converted from, and how far its logits are from the original's. */
  readonly conversion?: Conversion;
  /** Of all files together; of the parameters alone where the files' sizes are not known. */
  readonly bytes: number;
  readonly n_layer: number;
  readonly n_head: number;
  readonly n_embd: number;
  readonly n_ctx: number;
  /** SPDX identifier, from the card. */
  readonly licence: string;
  /** One plain sentence or two, from the card. */
  readonly summary: string;
  /** It is small, so a browser keeps it with the pages. */
  readonly withPages?: true;
  /** Prompts to start from, from the card; absent for a model that reads any text. */
  readonly prompts?: readonly string[];
  readonly files: readonly CatalogueFile[];
}

export interface Catalogue {
  /** Raised when a reader of an older version could not use the file. */
  readonly version: 1;
  /** Name of the model that opens first. */
  readonly default: string;
  /** Address of the hub, without a slash at its end; a school may write its mirror here. */
  readonly hub: string;
  readonly models: readonly CatalogueModel[];
}

export const DEFAULT_MODEL = 'gpt2-nano';
const FLOAT32_BYTES = 4;
const MLP_PER_EMBD = 4;

/** Hears of a folder that cannot be listed, and why. */
export type Unlisted = (name: string, reason: string) => void;

/**
 * The catalogue of these model folders and of the hub.
 *
 * Throws: Error if a card or a file lacks what it needs, and nobody hears of it.
 */
export function makeCatalogue(models: URL, hub: string = HUB, onunlisted?: Unlisted): Catalogue {
  const names = readdirSync(models)
    .filter((name) => !UNFINISHED.test(name) && isModelFolder(new URL(`${name}/`, models)))
    .sort((a, b) => Number(b === DEFAULT_MODEL) - Number(a === DEFAULT_MODEL) || (a < b ? -1 : 1));
  const served = names.flatMap((name) => {
    try {
      return [describeFolder(name, new URL(`${name}/`, models))];
    } catch (error) {
      if (name === DEFAULT_MODEL || !onunlisted) throw error;
      onunlisted(name, error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  const fetched = HUB_MODELS.filter(({ name }) => !names.includes(name)).map(describeHubModel);
  return { version: 1, default: DEFAULT_MODEL, hub, models: [...served, ...fetched] };
}

function describeHubModel({ id, revision = HUB_REVISION, weights, ...model }: HubModel): CatalogueModel {
  const parameters = parameterCount({
    ...model,
    n_ctx: GPT2_N_CTX,
    n_inner: MLP_PER_EMBD * model.n_embd,
    vocab_size: GPT2_VOCAB_SIZE
  });
  const { name, n_layer, n_head, n_embd, licence, summary } = model;
  return {
    name,
    hub: { id, revision },
    parameters,
    dtype: 'F32',
    bytes: weights?.bytes ?? FLOAT32_BYTES * parameters,
    n_layer,
    n_head,
    n_embd,
    n_ctx: GPT2_N_CTX,
    licence,
    summary,
    files: HUB_FILES.map((file) => ({ name: file, ...(file === 'model.safetensors' ? weights : {}) }))
  };
}

/** Writes models.json beside the folders; the hub's address stays as it was there. */
export function writeCatalogue(models: URL, onunlisted?: Unlisted): void {
  const before = new URL('models.json', models);
  const hub = existsSync(before) ? (JSON.parse(readFileSync(before, 'utf8')) as Catalogue).hub : HUB;
  const catalogue = makeCatalogue(models, hub, onunlisted);
  writeWholeFile(fileURLToPath(new URL('models.json', models)), `${JSON.stringify(catalogue, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeCatalogue(new URL('../static/models/', import.meta.url));
}
