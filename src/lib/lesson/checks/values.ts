import list from './values.json' with { type: 'json' };
import type { SourceValue } from './types.ts';

/** Every value that the five sources print, in their order, each with its source file and cell. */
export const sourceValues = list as readonly SourceValue[];

/** What the sources' authors ran. */
export const SOURCE_MODEL = 'gpt2';

/**
 * One value by its id.
 *
 * Throws: RangeError if there is none.
 */
export function sourceValue(id: string): SourceValue {
  const found = sourceValues.find((value) => value.id === id);
  if (found) return found;
  throw new RangeError(`sourceValue: id must be in values.json, got "${id}". Check the cell's "check".`);
}
