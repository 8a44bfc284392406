import { WEIGHTS_FILE, type ModelSource } from '$lib/engine';

/** SHA-256 of a model's weights; null where it is not known, as of shards. */
export const weightsHash = (source: ModelSource | null): string | null =>
  source?.files.find(({ name }) => name === WEIGHTS_FILE)?.sha256 ?? null;
