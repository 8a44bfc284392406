/**
 * Models kept in the browser's private file system, through synchronous handles: only in a worker.
 */
import {
  describeKept,
  parseRecord,
  RECORD_FILE,
  type KeptFile,
  type KeptModel,
  type KeptRecord,
  type ModelStore
} from './store.ts';

/** What only a worker has, so the page's types leave it out. */
interface SyncHandle {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type WorkerFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> };

const FOLDER = 'models';

/** The store of this browser, or null where it has none (private windows of some browsers). */
export async function openOpfsStore(): Promise<ModelStore | null> {
  try {
    const root = await navigator.storage.getDirectory();
    const models = await root.getDirectoryHandle(FOLDER, { create: true });
    return 'createSyncAccessHandle' in FileSystemFileHandle.prototype ? new OpfsStore(models) : null;
  } catch {
    return null;
  }
}

class OpfsStore implements ModelStore {
  readonly #models: FileSystemDirectoryHandle;

  constructor(models: FileSystemDirectoryHandle) {
    this.#models = models;
  }

  async list(): Promise<KeptModel[]> {
    const kept: KeptModel[] = [];
    for await (const [name, handle] of this.#models.entries()) {
      if (handle.kind !== 'directory') continue;
      const record = await this.record(name);
      const sizes: number[] = [];
      for await (const file of (handle as FileSystemDirectoryHandle).values()) {
        if (file.kind === 'file') sizes.push((await (file as FileSystemFileHandle).getFile()).size);
      }
      kept.push(describeKept(name, record, sizes));
    }
    return kept.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async record(model: string): Promise<KeptRecord | null> {
    const file = await this.#find(model, RECORD_FILE, false);
    return file && parseRecord(await (await file.getFile()).text());
  }

  async writeRecord(model: string, record: KeptRecord): Promise<void> {
    const file = (await this.open(model, RECORD_FILE, true))!;
    try {
      await file.truncate(0);
      await file.write(new TextEncoder().encode(JSON.stringify(record)), 0);
    } finally {
      await file.close();
    }
  }

  async open(model: string, name: string, create: boolean): Promise<KeptFile | null> {
    const file = await this.#find(model, name, create);
    return file && syncFile(await (file as WorkerFileHandle).createSyncAccessHandle());
  }

  async remove(model: string): Promise<void> {
    await this.#models.removeEntry(model, { recursive: true }).catch(ignoreMissing);
  }

  async #find(model: string, name: string, create: boolean): Promise<FileSystemFileHandle | null> {
    try {
      const folder = await this.#models.getDirectoryHandle(model, { create });
      return await folder.getFileHandle(name, { create });
    } catch (error) {
      return ignoreMissing(error);
    }
  }
}

function syncFile(handle: SyncHandle): KeptFile {
  return {
    size: () => handle.getSize(),
    read: (into, at) => handle.read(into, { at }),
    write(bytes, at) {
      const written = handle.write(bytes, { at });
      if (written < bytes.length) throw new DOMException('No room is left for it.', 'QuotaExceededError');
    },
    truncate: (size) => handle.truncate(size),
    close() {
      try {
        handle.flush();
      } finally {
        handle.close(); // also where the disk is full, for an open handle keeps everyone else out
      }
    }
  };
}

function ignoreMissing(error: unknown): null {
  if (error instanceof DOMException && ['NotFoundError', 'TypeMismatchError'].includes(error.name))
    return null;
  throw error;
}
