/** NumPy's .npz files: a zip of .npy arrays. Runs in Node and in a browser. */
import { unzipSync, Zip, ZipPassThrough } from 'fflate';
import { joinBytes } from '../tokenizer/byte-pieces.ts';
import { npyHeader, readNpy, type NpyArray } from './npy.ts';

export type { NpyArray } from './npy.ts';

/** Reads every array of an .npz file.  Throws: Error naming the entry that is no .npy array we can read. */
export function readNpz(bytes: Uint8Array): Record<string, NpyArray> {
  const arrays: Record<string, NpyArray> = {};
  for (const [file, content] of Object.entries(unzipSync(bytes))) {
    arrays[file.replace(/\.npy$/, '')] = readNpy(file, content);
  }
  return arrays;
}

/** Writes an .npz file in memory, stored without compression. */
export function writeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const chunks: Uint8Array[] = [];
  const writer = new NpzWriter((chunk) => chunks.push(chunk));
  for (const [name, array] of Object.entries(arrays)) writer.add(name, array);
  writer.end();
  return joinBytes(chunks);
}

/** Writes an .npz file array by array, so that a large trace need not stand in memory twice. */
export class NpzWriter {
  readonly #zip: Zip;

  /** @param onchunk hears the file's bytes in order */
  constructor(onchunk: (chunk: Uint8Array) => void) {
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error;
      onchunk(chunk);
    });
  }

  /** Adds one array under its name.  Throws: RangeError if the shape does not hold the data. */
  add(name: string, array: NpyArray): void {
    const header = npyHeader(name, array);
    const { buffer, byteOffset, byteLength } = array.data;
    this.#add(`${name}.npy`, header, new Uint8Array(buffer, byteOffset, byteLength));
  }

  /** Adds a text file, which `numpy.load` lists beside the arrays. */
  addText(file: string, text: string): void {
    this.#add(file, new TextEncoder().encode(text));
  }

  end(): void {
    this.#zip.end();
  }

  #add(file: string, ...parts: Uint8Array[]): void {
    const entry = new ZipPassThrough(file);
    entry.mtime = new Date(1980, 0, 1); // the zip format's first day: the same arrays give the same bytes
    this.#zip.add(entry);
    parts.forEach((part, i) => entry.push(part, i === parts.length - 1));
  }
}
