import type { Wait } from './patience.ts';

/** What is known of one file of a model before it is fetched. */
export interface SourceFile {
  readonly name: string;
  /** Absent where it is unknown. */
  readonly bytes?: number;
  /** Lower-case hexadecimal; absent where it is unknown: then length and header are checked, not the bytes. */
  readonly sha256?: string;
}

/** Where a model comes from: a folder on a web server, or files that the reader chose. */
export interface ModelSource {
  /** The label in links, and the folder in which it is kept: letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** Address of the folder, ending in `/`; '' for chosen files. */
  readonly url: string;
  readonly files: readonly SourceFile[];
  /** Files the reader chose, in place of `url`. */
  readonly blobs?: readonly { readonly name: string; readonly blob: Blob }[];
  /** false: never kept, because it ships with the page. */
  readonly keep: boolean;
  /** It belongs to the page, whose service worker does not answer yet: its files are kept for that one. */
  readonly handOver?: boolean;
}

/** How far a model has arrived. */
export interface TransferProgress {
  readonly file: string;
  /** Of all files so far. */
  readonly bytes: number;
  /** Of all files together; 0 as long as the length of the weights is not known. */
  readonly totalBytes: number;
  /** Bytes a second over the last seconds; null at the beginning. */
  readonly speed: number | null;
  readonly secondsLeft: number | null;
  readonly from: 'network' | 'kept copy' | 'another tab';
  /** What it waits for; null while bytes come. */
  readonly wait: Wait | null;
}

/** A name that can be a folder: never `.` or `..`. */
export const MODEL_NAME = /^(?!\.+$)[\w.-]{1,100}$/;
export const WEIGHTS_FILE = 'model.safetensors';

/** True for a file of weights, whole or a shard. */
export const isWeights = (name: string): boolean => name.endsWith('.safetensors');
