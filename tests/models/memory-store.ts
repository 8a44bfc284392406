import {
  describeKept,
  type KeptFile,
  type KeptModel,
  type KeptRecord,
  type ModelStore
} from '../../src/lib/engine/models/index.ts';

/** A store in memory; `room` bytes fit in all files together. */
export class MemoryStore implements ModelStore {
  readonly files = new Map<string, Uint8Array>();
  readonly records = new Map<string, KeptRecord>();
  readonly opened = new Set<string>();
  room = Infinity;

  async list(): Promise<KeptModel[]> {
    return [...this.records].map(([name, record]) => {
      const sizes = [...this.files]
        .filter(([key]) => key.startsWith(`${name}/`))
        .map(([, { length }]) => length);
      return describeKept(name, record, sizes);
    });
  }

  async record(model: string): Promise<KeptRecord | null> {
    return this.records.get(model) ?? null;
  }

  async writeRecord(model: string, record: KeptRecord): Promise<void> {
    this.records.set(model, JSON.parse(JSON.stringify(record)) as KeptRecord);
  }

  async open(model: string, file: string, create: boolean): Promise<KeptFile | null> {
    const key = `${model}/${file}`;
    if (!this.files.has(key)) {
      if (!create) return null;
      this.files.set(key, new Uint8Array(0));
    }
    if (this.opened.has(key)) throw new DOMException(`${key} is open`, 'NoModificationAllowedError');
    this.opened.add(key);
    return this.#handle(key);
  }

  async remove(model: string): Promise<void> {
    this.records.delete(model);
    for (const key of this.files.keys()) if (key.startsWith(`${model}/`)) this.files.delete(key);
  }

  #handle(key: string): KeptFile {
    const bytes = () => this.files.get(key)!;
    const resize = (size: number) => {
      const next = new Uint8Array(size);
      next.set(bytes().subarray(0, size));
      this.files.set(key, next);
    };
    return {
      size: () => bytes().length,
      read: (into, at) => {
        const part = bytes().subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      write: (part, at) => {
        const total = [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
        if (total + part.length > this.room) throw new DOMException('full', 'QuotaExceededError');
        if (at + part.length > bytes().length) resize(at + part.length);
        bytes().set(part, at);
      },
      truncate: resize,
      close: () => void this.opened.delete(key)
    };
  }
}
