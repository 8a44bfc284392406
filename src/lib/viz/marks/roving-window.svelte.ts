import { tick, untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { ScrollWindow, type ItemPlaces } from './scroll-window.svelte';
import type { ItemWindow } from './window';

/** A long list with one tab stop. */
export interface RovingList extends Omit<ItemPlaces, 'count'> {
  /** All items, drawn or not. */
  readonly count: number;
  /** The item that is chosen. */
  readonly current: number;
  /** Items in a line; `size` is then a line's, and lines are what is in view. Left out: 1. */
  readonly perLine?: number;
  /** The first item that can be chosen; left out: 0. */
  readonly first?: number;
}

/**
 * A long list of which only what is in view is drawn, and through which keys move: one item is the tab stop, and an item
 * that is not drawn is brought into view before it gets the focus. Where `from` is Infinity all is drawn, and the browser
 * scrolls.
 */
export class RovingWindow {
  readonly #scroller: ScrollWindow;
  readonly #list: () => RovingList;
  readonly #selector: (item: number) => string;
  #element: HTMLElement | null = null;

  /**
   * @param along which way the list scrolls
   * @param list read anew whenever what it reads changes
   * @param selector of an item's element, inside the element that is attached
   */
  constructor(along: 'x' | 'y', list: () => RovingList, selector: (item: number) => string) {
    this.#scroller = new ScrollWindow(along);
    this.#list = list;
    this.#selector = selector;
  }

  readonly attach: Attachment<HTMLElement> = (element) => {
    this.#element = element;
    return this.#scroller.attach(element);
  };

  /** The lines that are drawn. */
  readonly lines: ItemWindow = $derived.by(() => this.#scroller.items(this.#places()));

  /** The items that are drawn. */
  readonly drawn: number[] = $derived.by(() => {
    const { count, perLine = 1 } = this.#list();
    const start = this.lines.first * perLine;
    const end = Math.min(count, this.lines.end * perLine);
    return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
  });

  /** The item that Tab reaches; always one that is drawn. */
  readonly stop: number = $derived.by(() => {
    const { current, first = 0 } = this.#list();
    const { drawn } = this;
    return Math.max(first, drawn[0] ?? 0, Math.min(drawn.at(-1) ?? 0, current));
  });

  /** Scrolls the list alone, never the page, as little as brings an item into view. */
  reveal(item: number): void {
    const { perLine = 1, from } = this.#list();
    if (from !== Infinity) this.#scroller.reveal(Math.floor(item / perLine), this.#places());
  }

  /**
   * Keeps an item in sight whenever it changes, and when the room does; not when the tab stop moves, or a click would
   * scroll its own target away. Called while the component is set up.
   */
  follow(item: () => number): void {
    $effect(() => {
      const now = item();
      if (this.#scroller.room > 0) untrack(() => this.reveal(now));
    });
  }

  /** Brings an item into view and gives it the focus. */
  async focus(item: number, options?: FocusOptions): Promise<void> {
    untrack(() => this.reveal(item));
    await tick();
    this.#element?.querySelector<HTMLElement>(this.#selector(item))?.focus(options);
  }

  #places(): ItemPlaces {
    const { count, perLine = 1, ...places } = this.#list();
    return { ...places, count: Math.ceil(count / perLine) };
  }
}
