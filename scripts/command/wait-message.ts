const PATIENCE_MS = 10_000;

/** Says on stderr how far a long command is: first after ten seconds, then every ten. */
export class WaitMessage {
  #last = Date.now();

  tell(message: () => string): void {
    if (Date.now() - this.#last < PATIENCE_MS) return;
    this.#last = Date.now();
    process.stderr.write(`${message()}\n`);
  }
}
