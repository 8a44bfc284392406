/** Files that are whole or not there: written beside, then given their name. */
import { closeSync, lstatSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOf, UsageError } from './usage-error.ts';

export interface OutFileOptions {
  /** Of the command and its flag, for messages: "trace: --out". */
  readonly where: string;
  /** Replace a file that is there. */
  readonly force: boolean;
}

/** A file that takes its name only when it is whole; nothing is left behind if it is not. */
export class OutFile {
  readonly #where: string;
  readonly #path: string;
  readonly #part: string;
  readonly #descriptor: number;

  /** Throws: UsageError if the file cannot be written there, before any work is done. */
  constructor(path: string, { where, force }: OutFileOptions) {
    this.#where = where;
    this.#path = path;
    this.#part = besides(path);
    expectReplaceable(path, where, force);
    try {
      this.#descriptor = openSync(this.#part, 'wx');
    } catch (error) {
      throw this.#cannotWrite(error);
    }
  }

  /** Throws: UsageError if the disk is full. */
  write(chunk: Uint8Array): void {
    try {
      for (let written = 0; written < chunk.length;) written += writeSync(this.#descriptor, chunk, written);
    } catch (error) {
      throw this.#cannotWrite(error);
    }
  }

  finish(): void {
    closeSync(this.#descriptor);
    renameSync(this.#part, this.#path);
  }

  abandon(): void {
    closeSync(this.#descriptor);
    rmSync(this.#part, { force: true });
  }

  #cannotWrite(error: unknown): UsageError {
    return refusal(this.#where, 'a file that can be written', this.#path, reasonOf(error), 'Choose another.');
  }
}

/** Writes a text file whole: a reader sees the old one or the new one.  Throws: Error of the file system. */
export function writeWholeFile(path: string, content: string): void {
  const part = besides(path);
  try {
    writeFileSync(part, content, { flag: 'wx' });
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

const besides = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}.part`);

/** Throws: UsageError if something is there that must not be replaced: anything but a regular file, or one without --force. */
function expectReplaceable(path: string, where: string, force: boolean): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (!there) return;
  if (there.isDirectory()) throw refusal(where, 'a file', path, 'it is a folder', 'Choose another.');
  if (!there.isFile()) throw refusal(where, 'a file', path, 'it is a device or a link', 'Choose another.');
  if (!force) {
    throw refusal(where, 'a new file', path, 'it is there already', 'Choose another, or pass --force.');
  }
}

function refusal(where: string, expected: string, path: string, reason: string, advice: string): UsageError {
  return new UsageError(`${where} must be ${expected}, got "${path}" (${reason}). ${advice}`);
}
