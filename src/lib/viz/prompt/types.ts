/** A prompt to start from. */
export interface PromptExample {
  /** What it shows, in a word or two. */
  readonly label: string;
  readonly text: string;
}

/** What the run of this prompt is doing. */
export type PromptStatus = 'idle' | 'waiting' | 'running' | 'error';
