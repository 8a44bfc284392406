/** A function of src/lib/gpt2, as the editor of cells offers it. */
export interface LibraryEntry {
  readonly name: string;
  /** `(ids: readonly number[], weights: Gpt2Weights)` */
  readonly signature: string;
  /** One sentence. */
  readonly docs: string;
}
