import type { ModelCardFacts } from '$lib/words';
import type { Progress } from '../common/transfer-text';

/** A model as its card shows it. */
export interface ModelRow extends ModelCardFacts {
  /** Under way, or why it stopped. */
  readonly transfer: { readonly progress: Progress | null; readonly error: string | null } | null;
}

export interface ModelActions {
  readonly ondownload: (name: string) => void;
  readonly oncancel: (name: string) => void;
  readonly onremove: (name: string) => void;
  /** Takes a row off the list of which nothing is kept. */
  readonly onforget: (name: string) => void;
}

/** Room for kept models, bytes; null where the browser does not say. */
export interface StorageRoom {
  readonly canKeep: boolean;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
}
