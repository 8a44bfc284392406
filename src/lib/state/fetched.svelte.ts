/** A part of the page that comes when a view first needs it: nothing of it is in the first script. */
export class Fetched<T> {
  #part = $state.raw<T | null>(null);
  #fetching: Promise<T> | null = null;
  readonly #load: () => Promise<T>;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** Null until it is here. */
  get now(): T | null {
    return this.#part;
  }

  /** Throws: Error before it is fetched. */
  get part(): T {
    if (this.#part !== null) return this.#part;
    throw new Error('explorer: this part must be fetched, got none. Call fetch first.');
  }

  /** Fetches it once. */
  fetch(): Promise<T> {
    this.#fetching ??= this.#load().then((part) => (this.#part = part));
    return this.#fetching;
  }
}
