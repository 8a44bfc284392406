/**
 * Makes static/models/models.json, the list of models that ship with the page, from their folders:
 * `node scripts/run-ts.mjs scripts/catalogue.ts`.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface CatalogueFile {
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface CatalogueModel {
  readonly name: string;
  /** Folder beside models.json. */
  readonly folder: string;
  /** Values in model.safetensors; wte counts once, for it is also the output. */
  readonly parameters: number;
  /** As safetensors spells it: F32, F16 or BF16. */
  readonly dtype: string;
  /** Of all files together. */
  readonly bytes: number;
  readonly n_layer: number;
  readonly n_head: number;
  readonly n_embd: number;
  readonly n_ctx: number;
  /** SPDX identifier, from the card. */
  readonly licence: string;
  /** One plain sentence or two, from the card. */
  readonly summary: string;
  readonly files: readonly CatalogueFile[];
}

export interface Catalogue {
  /** Raised when a reader of an older version could not use the file. */
  readonly version: 1;
  /** Name of the model that opens first. */
  readonly default: string;
  readonly models: readonly CatalogueModel[];
}

const DEFAULT_MODEL = 'gpt2-nano';
const MODELS = ['gpt2-nano'];
const CARD = 'CARD.md';
const PAPERS = [CARD, 'ATTRIBUTION-CC-BY.tsv']; // for people: no page loads them
const WEIGHTS = 'model.safetensors';
const HEADER_LENGTH_BYTES = 8; // safetensors: uint64, little-endian, before the JSON header

const folderOf = (models: URL, name: string) => new URL(`${name}/`, models);

/** The catalogue of these model folders.  Throws: Error if a card or a file lacks what it needs. */
export function makeCatalogue(models: URL): Catalogue {
  return { version: 1, default: DEFAULT_MODEL, models: MODELS.map((name) => describeModel(models, name)) };
}

function describeModel(models: URL, name: string): CatalogueModel {
  const folder = folderOf(models, name);
  const files = readdirSync(folder)
    .filter((file) => !PAPERS.includes(file))
    .sort()
    .map((file) => describeFile(folder, file));
  const config = JSON.parse(readFileSync(new URL('config.json', folder), 'utf8')) as CatalogueModel;
  const card = readFileSync(new URL(CARD, folder), 'utf8');
  return {
    name,
    folder: name,
    ...describeWeights(readFileSync(new URL(WEIGHTS, folder))),
    bytes: files.reduce((total, { bytes }) => total + bytes, 0),
    n_layer: config.n_layer,
    n_head: config.n_head,
    n_embd: config.n_embd,
    n_ctx: config.n_ctx,
    licence: cardField(card, 'license').toUpperCase(),
    summary: cardField(card, 'summary'),
    files
  };
}

function describeFile(folder: URL, name: string): CatalogueFile {
  const content = readFileSync(new URL(name, folder));
  return { name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function describeWeights(file: Buffer): Pick<CatalogueModel, 'parameters' | 'dtype'> {
  const end = HEADER_LENGTH_BYTES + Number(file.readBigUInt64LE());
  const { __metadata__: _, ...tensors } = JSON.parse(
    file.toString('utf8', HEADER_LENGTH_BYTES, end)
  ) as Record<string, { dtype: string; shape: number[] }>;
  const dtypes = new Set(Object.values(tensors).map(({ dtype }) => dtype));
  if (dtypes.size !== 1)
    throw new Error(`catalogue: ${WEIGHTS} must be of one dtype, got ${[...dtypes].join(', ')}.`);
  const sizes = Object.values(tensors).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  return { parameters: sizes.reduce((a, b) => a + b, 0), dtype: [...dtypes][0] };
}

/** A line of the YAML between the card's `---` lines, as on Hugging Face's model cards. */
function cardField(card: string, field: string): string {
  const front = card.split(/^---$/m)[1] ?? '';
  const value = new RegExp(`^${field}: (.+)$`, 'm').exec(front)?.[1];
  if (value === undefined) throw new Error(`catalogue: ${CARD} must have a line "${field}: ..." at its top.`);
  return value.trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const models = new URL('../static/models/', import.meta.url);
  writeFileSync(new URL('models.json', models), `${JSON.stringify(makeCatalogue(models), null, 2)}\n`);
}
