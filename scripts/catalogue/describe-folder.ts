/** Describes one model folder for the catalogue: sizes, hashes, licence. */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { parseRecord } from '../../src/lib/engine/models/index.ts';
import { parseConfig } from '../../src/lib/gpt2/model/config.ts';
import {
  HEADER_LENGTH_BYTES,
  parseSafetensorsHeader,
  safetensorsHeaderLength
} from '../../src/lib/gpt2/checkpoint/safetensors.ts';
import { isMaskBuffer, parameterCount } from '../../src/lib/gpt2/checkpoint/weight-spec.ts';
import type { CatalogueFile, CatalogueModel } from '../catalogue.ts';
import { HUB_MODELS } from './hub-models.ts';

const CARD = 'CARD.md';
const CONVERSION = 'conversion.json';
const RECORD = 'kept.json';
/** For people or programs: no page loads them. */
const PAPERS = [CARD, 'README.md', 'ATTRIBUTION-CC-BY.tsv', RECORD, CONVERSION];
const WEIGHTS = /\.safetensors$/;
/** Up to here a model is kept with the pages. */
const SMALL_BYTES = 1e6;
const CHUNK_BYTES = 2 ** 20;

/** Throws: Error if a card or a file lacks what it needs. */
export function describeFolder(name: string, folder: URL): CatalogueModel {
  const files = readdirSync(folder)
    .filter((file) => !PAPERS.includes(file))
    .sort()
    .map((file) => describeFile(folder, file));
  const config = parseConfig(JSON.parse(readFileSync(new URL('config.json', folder), 'utf8')));
  const { n_layer, n_head, n_embd, n_ctx } = config;
  const bytes = files.reduce((total, { bytes: one = 0 }) => total + one, 0);
  return {
    name,
    folder: name,
    parameters: parameterCount(config),
    dtype: dtypeOf(folder),
    ...conversionOf(folder),
    bytes,
    n_layer,
    n_head,
    n_embd,
    n_ctx,
    ...cardOf(name, folder),
    ...(bytes <= SMALL_BYTES && { withPages: true }),
    files
  };
}

function describeFile(folder: URL, name: string): CatalogueFile {
  const url = new URL(name, folder);
  const hash = createHash('sha256');
  const bytes = statSync(url).size;
  eachChunk(url, bytes, (chunk) => hash.update(chunk));
  return { name, bytes, sha256: hash.digest('hex') };
}

/** Reads a file of any size from its start, a chunk at a time. */
function eachChunk(url: URL, length: number, use: (chunk: Uint8Array) => void): void {
  const file = openSync(url, 'r');
  const buffer = new Uint8Array(CHUNK_BYTES);
  try {
    for (let at = 0; at < length;) {
      const count = readSync(file, buffer, 0, Math.min(buffer.length, length - at), at);
      if (count === 0) return;
      use(buffer.subarray(0, count));
      at += count;
    }
  } finally {
    closeSync(file);
  }
}

/** The dtypes of the parameters: usually one. */
function dtypeOf(folder: URL): string {
  const weights = readdirSync(folder).filter((name) => WEIGHTS.test(name));
  const dtypes = weights.flatMap((name) => dtypesIn(new URL(name, folder)));
  return [...new Set(dtypes)].sort().join(' and ');
}

function dtypesIn(url: URL): string[] {
  const size = statSync(url).size;
  const start = firstBytes(url, HEADER_LENGTH_BYTES);
  const end = HEADER_LENGTH_BYTES + safetensorsHeaderLength(start, size);
  const header = firstBytes(url, end).subarray(HEADER_LENGTH_BYTES);
  const tensors = [...parseSafetensorsHeader(header, size - end).values()];
  return tensors.filter(({ name }) => !isMaskBuffer(name)).map(({ dtype }) => dtype);
}

/** True if the folder looks like a model: a config.json and weights. */
export function isModelFolder(folder: URL): boolean {
  if (!existsSync(new URL('config.json', folder))) return false;
  return readdirSync(folder).some((name) => WEIGHTS.test(name));
}

function conversionOf(folder: URL): Pick<CatalogueModel, 'conversion'> {
  const url = new URL(CONVERSION, folder);
  if (!existsSync(url)) return {};
  return { conversion: JSON.parse(readFileSync(url, 'utf8')) as CatalogueModel['conversion'] };
}

function firstBytes(url: URL, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  eachChunk(url, length, (chunk) => {
    bytes.set(chunk, at);
    at += chunk.length;
  });
  return bytes;
}

/** From the folder's card, or from what is known of the model of this name on the hub. */
function cardOf(name: string, folder: URL): Pick<CatalogueModel, 'licence' | 'summary' | 'prompts'> {
  const url = new URL(CARD, folder);
  if (existsSync(url)) {
    const card = readFileSync(url, 'utf8');
    const [licence, summary] = ['license', 'summary'].map((field) => neededField(card, field));
    const prompts = cardField(card, 'prompts')?.split(/\s+/);
    return { licence: licence.toUpperCase(), summary, ...(prompts && { prompts }) };
  }
  const known = HUB_MODELS.find((model) => model.name === name);
  const summary = 'A checkpoint that was added to this copy of GPT-2 Lens.';
  const licence = known?.licence ?? licenceIn(new URL(RECORD, folder)) ?? 'see its source';
  return { licence, summary: known?.summary ?? summary };
}

/** What the card of the model said when it was fetched. */
function licenceIn(record: URL): string | null {
  return existsSync(record) ? (parseRecord(readFileSync(record, 'utf8'))?.licence ?? null) : null;
}

function neededField(card: string, field: string): string {
  const value = cardField(card, field);
  if (value === undefined) throw new Error(`catalogue: ${CARD} must have a line "${field}: ..." at its top.`);
  return value;
}

/** A line of the YAML between the card's `---` lines, as on Hugging Face's model cards. */
function cardField(card: string, field: string): string | undefined {
  const front = card.split(/^---$/m)[1] ?? '';
  return new RegExp(`^${field}: (.+)$`, 'm').exec(front)?.[1].trim();
}
