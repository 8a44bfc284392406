import * as v from 'valibot';
import { isWeights, WEIGHTS_FILE } from './source.ts';

/** A kept file, open for reading at any place and for writing at its end. A store may answer at once or later. */
export interface KeptFile {
  size(): number;
  /** Fills `into` from byte `at` on; gives how many bytes there were. */
  read(into: Uint8Array, at: number): number | Promise<number>;
  /** Throws: QuotaExceededError (by name) or another Error if there is no room. */
  write(bytes: Uint8Array, at: number): void | Promise<void>;
  truncate(size: number): void | Promise<void>;
  /** Throws: as `write`. */
  close(): void | Promise<void>;
}

/** What is known of one kept file. */
export interface KeptFileRecord {
  readonly bytes: number | null;
  readonly etag: string | null;
  /** Of the bytes that are kept; null until they are complete, or where it was not computed. */
  readonly sha256: string | null;
  /** Its publisher said the SHA-256, and it is the one that came. */
  readonly published: boolean;
  /** xxHash64 of the bytes that are kept, compared whenever they are read; null as `sha256`. */
  readonly xxh64: string | null;
  /** false: the download stopped, and can be taken up again. */
  readonly complete: boolean;
}

/** What is written beside a kept model. */
export interface KeptRecord {
  readonly version: 1;
  /** Where it came from; '' for files of this computer. */
  readonly url: string;
  readonly files: Readonly<Record<string, KeptFileRecord>>;
  /** Every file that the model needs is here and was read as a model: no other is asked for. */
  readonly whole: boolean;
  /** The hub's commit that the files are of; null elsewhere. */
  readonly commit: string | null;
  /** As the model's card spells it; null where it is unknown. */
  readonly licence: string | null;
}

/** A kept model as the page lists it. */
export interface KeptModel {
  readonly name: string;
  readonly url: string;
  /** On the disk. */
  readonly bytes: number;
  /** As published, as far as is known. */
  readonly totalBytes: number;
  readonly complete: boolean;
  /** The publisher's SHA-256 of the weights was known, and they have it. */
  readonly isHashed: boolean;
  readonly licence: string | null;
}

/** Where models are kept: one folder a model. */
export interface ModelStore {
  list(): Promise<KeptModel[]>;
  record(model: string): Promise<KeptRecord | null>;
  writeRecord(model: string, record: KeptRecord): Promise<void>;
  /** Opens a file; `create` makes an empty one where there is none, otherwise null is the answer. */
  open(model: string, file: string, create: boolean): Promise<KeptFile | null>;
  remove(model: string): Promise<void>;
}

export const RECORD_FILE = 'kept.json';

const textOrNull = v.fallback(v.nullable(v.string()), null);
const fileSchema = v.object({
  bytes: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  etag: textOrNull,
  sha256: textOrNull,
  published: v.fallback(v.boolean(), false),
  xxh64: textOrNull,
  complete: v.boolean()
});
const recordSchema = v.object({
  version: v.literal(1),
  url: v.string(),
  files: v.record(v.string(), fileSchema),
  /** Absent in what earlier versions wrote. */
  whole: v.optional(v.boolean()),
  commit: textOrNull,
  licence: textOrNull
});

/** Reads a record; anything else than one is null, as if nothing were kept. */
export function parseRecord(text: string): KeptRecord | null {
  try {
    const record = v.parse(recordSchema, JSON.parse(text));
    return { ...record, whole: record.whole ?? wasWhole(record.files) };
  } catch {
    return null;
  }
}

/** What earlier versions took for a whole model. */
function wasWhole(files: KeptRecord['files']): boolean {
  return Object.hasOwn(files, WEIGHTS_FILE) && Object.values(files).every(({ complete }) => complete);
}

/**
 * What a list shows of a model, from its record and the sizes of its files.
 *
 * @param record null where it cannot be read: the bytes are there all the same, and can be deleted
 */
export function describeKept(name: string, record: KeptRecord | null, sizes: readonly number[]): KeptModel {
  const bytes = sizes.reduce((total, size) => total + size, 0);
  const files = Object.entries(record?.files ?? {});
  const known = files.reduce((total, [, file]) => total + (file.bytes ?? 0), 0);
  const weights = files.filter(([file]) => isWeights(file));
  return {
    name,
    url: record?.url ?? '',
    bytes,
    totalBytes: Math.max(bytes, known),
    complete: record?.whole ?? false,
    isHashed: weights.length > 0 && weights.every(([, { published }]) => published),
    licence: record?.licence ?? null
  };
}
