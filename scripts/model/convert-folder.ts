import { closeSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isWeights, WEIGHTS_FILE, type KeptFileRecord } from '../../src/lib/engine/models/index.ts';
import type { ModelFiles } from '../../src/lib/gpt2/index.ts';
import { startBackend } from '../command/node-backend.ts';
import { writeWholeFile } from '../command/whole-file.ts';
import { convertWeights, type Converted } from './convert.ts';
import type { FolderStore } from './folder-store.ts';
import { measureDistance, type LogitDistance } from './measure.ts';
import { megabytes } from './megabytes.ts';
import type { NarrowDtype } from '../../src/lib/gpt2/checkpoint/narrow.ts';

/** What was converted, and how far its logits are from the original's; beside the weights, for the catalogue. */
export interface Conversion extends LogitDistance {
  readonly from: string;
  readonly to: NarrowDtype;
}

export const CONVERSION_FILE = 'conversion.json';
/** A heap of WebAssembly holds 4 GiB: larger models are converted and not measured. */
const MOST_MEASURED_BYTES = 3.5e9;

/**
 * Converts the weights of a checked folder, measures what that changes, and writes both into the folder.
 *
 * Throws: UsageError if a value would overflow; what loading throws.
 */
export async function convertFolder(
  folder: string,
  dtype: NarrowDtype,
  store: FolderStore,
  name: string
): Promise<string[]> {
  const record = (await store.record(name))!;
  const weights = Object.keys(record.files).filter(isWeights);
  const part = join(folder, `${WEIGHTS_FILE}.converted`);
  const converted = writeConverted(
    part,
    weights.map((file) => join(folder, file)),
    dtype
  );
  const bytes = weights.reduce((total, file) => total + (record.files[file].bytes ?? 0), 0);
  const measured = bytes > MOST_MEASURED_BYTES ? null : await measure(folder, part);
  for (const file of readdirSync(folder)) {
    if (isWeights(file) || file.endsWith('.safetensors.index.json')) rmSync(join(folder, file));
  }
  renameSync(part, join(folder, WEIGHTS_FILE));
  const { sha256 } = converted;
  const file: KeptFileRecord = {
    bytes: converted.bytes,
    etag: null,
    sha256,
    published: false,
    xxh64: null,
    complete: true
  };
  const others = Object.entries(record.files).filter(([other]) => !/safetensors/.test(other));
  await store.writeRecord(name, {
    ...record,
    files: { ...Object.fromEntries(others), [WEIGHTS_FILE]: file }
  });
  const was = `${converted.from} to ${dtype}: ${megabytes(bytes)} to ${megabytes(converted.bytes)}`;
  if (!measured) return [`converted from ${was}; too large to be measured here`];
  const conversion: Conversion = { from: converted.from, to: dtype, ...measured };
  writeWholeFile(join(folder, CONVERSION_FILE), `${JSON.stringify(conversion, null, 2)}\n`);
  return [`converted from ${was}`, sentence(conversion)];
}

function writeConverted(path: string, weights: readonly string[], dtype: NarrowDtype): Converted {
  const file = openSync(path, 'w');
  try {
    const converted = convertWeights(weights, dtype, (chunk) => {
      for (let done = 0; done < chunk.length;) done += writeSync(file, chunk, done);
    });
    closeSync(file);
    return converted;
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
}

async function measure(folder: string, converted: string): Promise<LogitDistance> {
  process.stderr.write('measuring how far the logits are from those of the original\n');
  await startBackend('wasm');
  const original: ModelFiles = { read: (name) => readFile(join(folder, name)) };
  const isShard = (name: string) => isWeights(name) || name.endsWith('.safetensors.index.json');
  return measureDistance(original, {
    read: (name) => readFile(name === WEIGHTS_FILE ? converted : isShard(name) ? '' : join(folder, name))
  });
}

function sentence({ texts, positions, largest, median, changed, from }: Conversion): string {
  const digits = 3;
  return (
    `logits on ${texts} texts (${positions} positions) against ${from}: at most ${largest.toPrecision(digits)} apart, ` +
    `${median.toPrecision(digits)} in the middle; another best token at ${changed} positions`
  );
}
