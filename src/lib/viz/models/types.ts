import type { Progress } from './words';

/** A model as its card shows it; made by the page's state. */
export interface ModelRow {
  readonly name: string;
  readonly summary: string;
  readonly parameters: number | null;
  readonly shape: string;
  readonly licence: string;
  /** Of the download. */
  readonly bytes: number;
  /** That a tab needs, about. */
  readonly memoryBytes: number | null;
  readonly origin: string;
  readonly check: string;
  readonly state: 'served' | 'kept' | 'partial' | 'absent' | 'chosen';
  readonly keptBytes: number;
  /** Why this device may not hold it. */
  readonly warning: string | null;
  readonly transfer: { readonly progress: Progress | null; readonly error: string | null } | null;
}

export interface ModelActions {
  readonly ondownload: (name: string) => void;
  readonly oncancel: (name: string) => void;
  readonly onremove: (name: string) => void;
}

/** Room for kept models, bytes; null where the browser does not say. */
export interface StorageRoom {
  readonly canKeep: boolean;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
}
