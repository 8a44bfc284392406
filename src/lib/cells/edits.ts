/** Changes of a text that remember where everything came from. */

/** Puts `text` in the place of the letters from `start` to before `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A text with edits that do not overlap; those at one place stand in the order in which they are given. */
export class EditedText {
  readonly #original: string;
  readonly #edits: readonly Edit[];
  readonly text: string;

  constructor(original: string, edits: readonly Edit[]) {
    this.#original = original;
    this.#edits = edits.toSorted((a, b) => a.start - b.start);
    let text = '';
    let at = 0;
    for (const { start, end, text: put } of this.#edits) {
      text += original.slice(at, start) + put;
      at = end;
    }
    this.text = text + original.slice(at);
  }

  /** Where a place of the edited text stands in the original. */
  originalPlace(place: Place): Place {
    const wanted = offsetOf(this.text, place);
    let moved = 0; // letters that the edits so far have added
    for (const { start, end, text } of this.#edits) {
      if (start + moved > wanted) break;
      moved += text.length - (end - start);
      if (end + moved > wanted) return placeOf(this.#original, start);
    }
    return placeOf(this.#original, Math.min(wanted - moved, this.#original.length));
  }
}

function offsetOf(text: string, { line, column }: Place): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
