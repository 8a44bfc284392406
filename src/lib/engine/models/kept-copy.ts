/**
 * What is kept of one model, as one reading sees it. Identity is the address (with the revision in it) and, where they
 * are known, the hashes; the name is a label.
 */
import { isSameAddress } from './address.ts';
import type { OriginFile } from './origin-file.ts';
import type { ModelSource, SourceFile } from './source.ts';
import type { KeptFile, KeptFileRecord, KeptRecord, ModelStore } from './store.ts';

export class KeptCopy {
  readonly #store: ModelStore;
  readonly #source: ModelSource;
  #record: KeptRecord | null = null;
  /** What lies in the folder is another model's. */
  #isForeign = false;

  private constructor(store: ModelStore, source: ModelSource) {
    this.#store = store;
    this.#source = source;
  }

  static async open(store: ModelStore, source: ModelSource): Promise<KeptCopy> {
    const copy = new KeptCopy(store, source);
    const record = await store.record(source.name);
    const isOurs = record !== null && isSameAddress(record.url, source.url);
    copy.#record = isOurs ? record : null;
    copy.#isForeign = record !== null && !isOurs;
    return copy;
  }

  /** Nothing else is needed to open the model. */
  get whole(): boolean {
    return this.#record?.whole ?? false;
  }

  get commit(): string | null {
    return this.#record?.commit ?? null;
  }

  get licence(): string | null {
    return this.#record?.licence ?? null;
  }

  /** What is written of a file; null where there is nothing, or where it is another file than the source names. */
  file({ name, sha256 }: SourceFile): KeptFileRecord | null {
    const files = this.#record?.files ?? {};
    if (!Object.hasOwn(files, name)) return null;
    const known = files[name];
    return known.complete && sha256 !== undefined && known.sha256 !== sha256 ? null : known;
  }

  /** A complete file, opened; null where it is not there, or not as long as it was. */
  async openComplete(name: string, known: KeptFileRecord | null): Promise<KeptFile | null> {
    if (!known?.complete) return null;
    const kept = await this.#store.open(this.#source.name, name, false);
    if (kept?.size() === known.bytes) return kept;
    await kept?.close();
    return null;
  }

  /**
   * The kept front of this very file, to be continued; an empty file where there is none of it.
   *
   * @param known what `file` says of it
   * Throws: what the store throws.
   */
  async openFront(
    { name, sha256 }: SourceFile,
    { length: bytes, etag, ranged }: Pick<OriginFile, 'length' | 'etag' | 'ranged'>,
    known: KeptFileRecord | null
  ): Promise<KeptFile> {
    const kept = await this.#openForWriting(name);
    try {
      const hasTag = sha256 !== undefined || (ranged && known?.etag === etag);
      const isSame = known !== null && hasTag && (known.bytes === null || known.bytes === bytes);
      if (!isSame || kept.size() > (bytes ?? 0)) await kept.truncate(0);
      await this.note(name, { bytes, etag, sha256: null, xxh64: null, published: false, complete: false });
      return kept;
    } catch (error) {
      await kept.close();
      throw error;
    }
  }

  /** Writes a file that is in memory.  Throws: what the store throws. */
  async writeWhole(name: string, bytes: Uint8Array): Promise<void> {
    const file = await this.#openForWriting(name);
    try {
      await file.truncate(0);
      await file.write(bytes, 0);
    } finally {
      await file.close();
    }
  }

  async #openForWriting(name: string): Promise<KeptFile> {
    if (this.#isForeign) await this.#store.remove(this.#source.name);
    this.#isForeign = false;
    return (await this.#store.open(this.#source.name, name, true))!;
  }

  /** Writes down what is known of a file; the model is not whole until `finish`.  Throws: what the store throws. */
  note(name: string, file: KeptFileRecord): Promise<void> {
    return this.#write({ files: { ...this.#record?.files, [name]: file }, whole: false });
  }

  /** Writes down that these files are the whole model.  Throws: what the store throws. */
  async finish(
    files: KeptRecord['files'],
    facts: { readonly commit: string | null; readonly licence: string | null }
  ): Promise<void> {
    const left = Object.keys(this.#record?.files ?? {}).filter((name) => !Object.hasOwn(files, name));
    await this.#write({ files, whole: true, ...facts });
    for (const name of left) {
      const file = await this.#store.open(this.#source.name, name, false);
      await file?.truncate(0); // no file of this model any more
      await file?.close();
    }
  }

  /** Forgets a file, so that it is fetched anew. */
  async forget(name: string): Promise<void> {
    if (!this.#record) return;
    const files = Object.fromEntries(Object.entries(this.#record.files).filter(([file]) => file !== name));
    await this.#write({ files, whole: false });
  }

  async #write(change: Partial<KeptRecord>): Promise<void> {
    const { url, name } = this.#source;
    const before = this.#record ?? { version: 1, url, files: {}, whole: false, commit: null, licence: null };
    this.#record = { ...before, ...change };
    await this.#store.writeRecord(name, this.#record);
  }
}
