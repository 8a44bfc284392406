/** What is said of a model on its card, each sentence in the language on screen. */
export interface ModelCardFacts {
  readonly name: string;
  readonly summary: string;
  /** Null where only the files would tell. */
  readonly parameters: number | null;
  readonly shape: string;
  readonly licence: string;
  /** Of the download. */
  readonly bytes: number;
  /** As safetensors spells it; null where only the files would tell. */
  readonly dtype: string | null;
  /** What it was converted from, and how far its logits are from the original's; null where it was not. */
  readonly conversion: string | null;
  /** Needed in a tab, about; null where only the files would tell. */
  readonly memoryBytes: number | null;
  /** "huggingface.co/openai-community/gpt2"; '' for a model that comes with the page */
  readonly origin: string;
  /** What the download is checked by. */
  readonly check: string;
  /** served: comes with the page; kept: in this browser; partial: a part of it is; chosen: read anew when opened. */
  readonly state: 'served' | 'kept' | 'partial' | 'absent' | 'chosen';
  readonly keptBytes: number;
  /** Not of the catalogue: the reader added it. */
  readonly isOwn: boolean;
  /** It can be asked for again where it came from. */
  readonly canFetch: boolean;
  /** Why this device may not hold it. */
  readonly warning: string | null;
}
