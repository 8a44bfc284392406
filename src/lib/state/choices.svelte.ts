/** Typing that continues within this time after the last letter is one choice; longer than a pause for thought. */
const TYPING_SPELL_MS = 5000;

/** Counts what was chosen to be run or opened: each is an entry of the browser's history, which Back undoes. */
export class Choices {
  count = $state(0);
  /** When the prompt was last typed in, ms; a choice of another kind ends the spell of typing. */
  #typed = -Infinity;

  add(): void {
    this.endSpell();
    this.count++;
  }

  /** A letter of the prompt: a spell of typing is one choice. */
  addLetter(): void {
    const now = Date.now();
    if (now - this.#typed > TYPING_SPELL_MS) this.count++;
    this.#typed = now;
  }

  endSpell(): void {
    this.#typed = -Infinity;
  }
}
