import type { Vocabulary } from '$lib/gpt2';
import type { Run } from '$lib/state';
import type { Theme } from '$lib/viz';

/** What every stage is given. */
export interface StageProps {
  run: Run;
  /** Run B where B − A is shown. */
  beside?: Run | null;
  vocabulary: Vocabulary;
  theme: Theme;
}
