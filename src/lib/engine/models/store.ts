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
  /** false: the download stopped, and can be taken up again. */
  readonly complete: boolean;
}

/** What is written beside a kept model. */
export interface KeptRecord {
  readonly version: 1;
  /** Where it came from; '' for files of this computer. */
  readonly url: string;
  readonly files: Readonly<Record<string, KeptFileRecord>>;
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

/** Reads a record; anything else than one is null, as if nothing were kept. */
export function parseRecord(text: string): KeptRecord | null {
  try {
    const record = JSON.parse(text) as Partial<KeptRecord> | null;
    const isRecord =
      record?.version === 1 && typeof record.url === 'string' && typeof record.files === 'object';
    return isRecord ? (record as KeptRecord) : null;
  } catch {
    return null;
  }
}

/** What a list shows of a model, from its record and the sizes of its files. */
export function describeKept(name: string, record: KeptRecord, sizes: readonly number[]): KeptModel {
  const files = Object.values(record.files);
  const bytes = sizes.reduce((total, size) => total + size, 0);
  const known = files.reduce((total, file) => total + (file.bytes ?? 0), 0);
  const isWhole = 'model.safetensors' in record.files && files.every(({ complete }) => complete);
  return { name, url: record.url, bytes, totalBytes: Math.max(bytes, known), complete: isWhole };
}
