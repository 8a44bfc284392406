import * as Comlink from 'comlink';
import { InputError, type ModelFiles } from '$lib/gpt2';
import { ModelShelf } from '../models/shelf';
import type { ModelSource } from '../protocol';

/** A model's files as they are handed to the sandbox, which can fetch none. */
export interface HandedFiles {
  names(): Promise<readonly string[] | null>;
  read(name: string): Promise<Uint8Array>;
  /** Opens a large file; its length, null where it is unknown. */
  open(name: string): Promise<number | null>;
  /** The next part of an opened file, null after the last. */
  next(name: string): Promise<Uint8Array | null>;
  /** Nothing more is asked for. */
  finish(): void;
}

/** Reads a model for the cells, from the kept copy where there is one, and hands it over by a port. */
export class FilesService {
  /** Resolves when the other side has all that it wants. */
  async serve(source: ModelSource, port: MessagePort): Promise<void> {
    await new ModelShelf().read(source, {}, async (files) => {
      await new Promise<void>((resolve) => Comlink.expose(handed(files, resolve), port));
    });
  }
}

function handed(files: ModelFiles, finish: () => void): HandedFiles {
  const opened = new Map<string, AsyncIterator<Uint8Array>>();
  return {
    names: async () => (await files.names?.()) ?? null,
    read: async (name) => moved((await files.read(name)).slice()),
    async open(name) {
      const source = files.open ? await files.open(name) : null;
      if (!source) throw new InputError(`cells: ${name} must be a stream, got none. Load the page again.`);
      opened.set(name, source.stream()[Symbol.asyncIterator]());
      return source.length;
    },
    async next(name) {
      const part = await opened.get(name)?.next();
      return !part || part.done ? null : moved(part.value.slice()); // the part is its source's
    },
    finish
  };
}

function moved(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  return Comlink.transfer(bytes, [bytes.buffer]);
}
