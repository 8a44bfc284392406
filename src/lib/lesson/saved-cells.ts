import * as v from 'valibot';

/** A reader's cells of one lesson, as a file keeps them. */
const SAVED_CELLS = v.object({
  kind: v.literal('gpt2-lens cells'),
  version: v.literal(1),
  lesson: v.string(),
  /** Texts of changed cells and of own ones, by name. */
  edits: v.record(v.string(), v.string()),
  /** Own cells, each with the step under which it stands. */
  added: v.pipe(v.array(v.object({ id: v.string(), after: v.string() })), v.readonly())
});

const MOST_LETTERS = 1_000_000; // far above what people write into one lesson

type SavedCells = v.InferOutput<typeof SAVED_CELLS>;

export function cellsFile(lesson: string, { edits, added }: Pick<SavedCells, 'edits' | 'added'>): string {
  const saved: SavedCells = { kind: 'gpt2-lens cells', version: 1, lesson, edits, added };
  return `${JSON.stringify(saved, null, 1)}\n`;
}

/** Reads such a file; null if it is none. */
export function readCellsFile(text: string): SavedCells | null {
  if (text.length > MOST_LETTERS) return null;
  try {
    const { success, output } = v.safeParse(SAVED_CELLS, JSON.parse(text));
    return success ? output : null;
  } catch {
    return null; // no JSON
  }
}
