import { LONG_LINK, messages, withView, type Say } from '$lib/state';
import { shortFields } from './compressed-address';

const MESSAGE_MS = 4000;
const LONG_MESSAGE_MS = 12_000; // a sentence more to read

/** Copies the link of the view that is open, and says so for a moment. */
export class CopyLink {
  #say = $state.raw<Say | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What became of the last copy; null once that has been said long enough. */
  get message(): string | null {
    return this.#say?.() ?? null;
  }

  /** @param link the page's whole link: its fields, as a query without `?` */
  async copy(link: string): Promise<void> {
    const path = location.origin + location.pathname;
    const href = withView(path, await shortFields(path, link));
    const isLong = href.length > LONG_LINK;
    try {
      await navigator.clipboard.writeText(href);
      this.#show(() => (isLong ? messages.copiedLong(href.length, LONG_LINK) : messages.copied), isLong);
    } catch {
      this.#show(() => messages.copyFailed, true);
    }
  }

  #show(say: Say, isLong: boolean): void {
    clearTimeout(this.#timer);
    this.#say = say;
    this.#timer = setTimeout(() => (this.#say = null), isLong ? LONG_MESSAGE_MS : MESSAGE_MS);
  }
}
