import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync
} from 'node:fs';
import { join } from 'node:path';
import {
  describeKept,
  parseRecord,
  RECORD_FILE,
  type KeptFile,
  type KeptModel,
  type KeptRecord,
  type ModelStore
} from '../../src/lib/engine/models/index.ts';
import { writeWholeFile } from '../command/whole-file.ts';

/** Models in folders of this disk, such as static/models: what the page serves. */
export class FolderStore implements ModelStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async list(): Promise<KeptModel[]> {
    const names = existsSync(this.#root) ? readdirSync(this.#root) : [];
    const kept: KeptModel[] = [];
    for (const name of names.sort()) {
      const record = await this.record(name);
      const folder = join(this.#root, name);
      if (record)
        kept.push(
          describeKept(
            name,
            record,
            readdirSync(folder).map((file) => statSync(join(folder, file)).size)
          )
        );
    }
    return kept;
  }

  async record(model: string): Promise<KeptRecord | null> {
    const file = join(this.#root, model, RECORD_FILE);
    return existsSync(file) ? parseRecord(readFileSync(file, 'utf8')) : null;
  }

  async writeRecord(model: string, record: KeptRecord): Promise<void> {
    mkdirSync(join(this.#root, model), { recursive: true });
    writeWholeFile(join(this.#root, model, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
  }

  async open(model: string, name: string, create: boolean): Promise<KeptFile | null> {
    const file = join(this.#root, model, name);
    if (!existsSync(file)) {
      if (!create) return null;
      mkdirSync(join(this.#root, model), { recursive: true });
      writeFileSync(file, '');
    }
    return diskFile(openSync(file, 'r+'));
  }

  async remove(model: string): Promise<void> {
    rmSync(join(this.#root, model), { recursive: true, force: true });
  }
}

function diskFile(file: number): KeptFile {
  return {
    size: () => fstatSync(file).size,
    read: (into, at) => readSync(file, into, 0, into.length, at),
    write(bytes, at) {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(file, bytes, done, bytes.length - done, at + done);
      }
    },
    truncate: (size) => ftruncateSync(file, size),
    close: () => closeSync(file)
  };
}
