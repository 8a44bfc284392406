import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { isWhole } from '../figure/whole.svelte';
import { itemWindow, scrollToItem, type ItemWindow } from './window';

/** Where equal items stand inside a scroller. */
export interface ItemPlaces {
  readonly count: number;
  /** Of one item along the scroller, px. */
  readonly size: number;
  /** From the scroller's start to the first item, px: a head that scrolls along. */
  readonly offset?: number;
  /** Of the scroller's room, what stays covered: a head or labels that do not scroll away, px. */
  readonly covered?: number;
  /** Up to so many items all are drawn; left out: WINDOW_FROM. */
  readonly from?: number;
}

/**
 * What of a scroller is in view: attach it, ask which items to draw, bring one into view. One for each scroller; the
 * items are drawn between two blank stretches of `before` and `after` px.
 */
export class ScrollWindow {
  #scroll = $state(0);
  #room = $state(0);
  #element: HTMLElement | null = null;
  readonly #along: 'x' | 'y';

  constructor(along: 'x' | 'y') {
    this.#along = along;
  }

  readonly attach: Attachment<HTMLElement> = (element) => {
    this.#element = element;
    const read = () => this.#read();
    untrack(read);
    element.addEventListener('scroll', read, { passive: true });
    const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(read);
    observer?.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      observer?.disconnect();
      this.#element = null;
    };
  };

  /** The length in view, px; 0 until it is measured. */
  get room(): number {
    return this.#room;
  }

  /** The items to draw. */
  items({ count, size, offset = 0, covered = 0, from }: ItemPlaces): ItemWindow {
    return itemWindow(
      count,
      Math.max(0, this.#scroll - offset),
      Math.max(0, this.#room - covered),
      size,
      isWhole() ? Infinity : from
    );
  }

  /** Scrolls as little as brings an item into view; the page does not move. */
  reveal(item: number, { size, offset = 0, covered = 0 }: ItemPlaces): void {
    const room = untrack(() => this.#room) - covered;
    if (!this.#element || room <= 0) return;
    const now = this.#along === 'x' ? this.#element.scrollLeft : this.#element.scrollTop;
    const wanted = scrollToItem(item, now - offset, room, size) + offset;
    if (wanted === now) return;
    if (this.#along === 'x') this.#element.scrollLeft = wanted;
    else this.#element.scrollTop = wanted;
    untrack(() => this.#read());
  }

  #read(): void {
    const element = this.#element;
    if (!element) return;
    this.#scroll = this.#along === 'x' ? element.scrollLeft : element.scrollTop;
    this.#room = this.#along === 'x' ? element.clientWidth : element.clientHeight;
  }
}
