// @vitest-environment jsdom
import fc from 'fast-check';
import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { RovingWindow, type RovingList } from '../../../src/lib/viz/marks';

/** A scroller with 100 px in view and a button for each item that is drawn. */
function scrollerOf(list: RovingWindow): HTMLElement {
  const element = document.createElement('div');
  Object.defineProperty(element, 'clientHeight', { value: 100 });
  document.body.append(element);
  $effect(() => {
    element.replaceChildren(
      ...list.drawn.map((item) => {
        const button = document.createElement('button');
        button.dataset.item = String(item);
        return button;
      })
    );
  });
  $effect(() => list.attach(element) as () => void);
  return element;
}

async function inEffects<T>(work: () => T | Promise<T>): Promise<T> {
  let result: T | Promise<T>;
  const stop = $effect.root(() => {
    result = work();
  });
  try {
    return await result!;
  } finally {
    stop();
  }
}

const listOf = (items: RovingList) =>
  new RovingWindow(
    'y',
    () => items,
    (item) => `[data-item="${item}"]`
  );

describe('RovingWindow(along, list, selector)', () => {
  it('draws every item once, whatever the length of a line, when all are drawn', async () => {
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 1024 }),
      perLine: fc.integer({ min: 1, max: 30 })
    });
    await fc.assert(
      fc.asyncProperty(sizes, ({ count, perLine }) =>
        inEffects(() => {
          const list = listOf({ count, perLine, current: 0, size: 10, from: Infinity });
          expect(list.drawn).toEqual(Array.from({ length: count }, (_, i) => i));
        })
      )
    );
  });

  it('draws the lines in view and eight on either side; the tab stop is one of them', () =>
    inEffects(() => {
      const list = listOf({ count: 1000, perLine: 4, current: 900, size: 20, from: 0 });
      const element = scrollerOf(list);
      flushSync();
      expect(list.lines).toMatchObject({ first: 0, end: 5 + 8 });
      expect(list.drawn).toHaveLength(4 * 13);
      expect(list.stop).toBe(4 * 13 - 1);
      element.scrollTop = 4000; // line 200, items from 800
      element.dispatchEvent(new Event('scroll'));
      flushSync();
      expect(list.lines).toMatchObject({ first: 192, end: 213 });
      expect(list.stop).toBe(4 * 213 - 1);
    }));

  it('begins at the first item that can be chosen', () =>
    inEffects(() => {
      expect(listOf({ count: 5, current: 0, first: 1, size: 20 }).stop).toBe(1);
    }));

  it('brings an item that is not drawn into view, and gives it the focus', () =>
    inEffects(async () => {
      const list = listOf({ count: 500, current: 0, size: 20 });
      const element = scrollerOf(list);
      flushSync();
      expect(element.querySelector('[data-item="300"]')).toBeNull();
      await list.focus(300);
      expect(element.scrollTop).toBe(301 * 20 - 100);
      expect((document.activeElement as HTMLElement).dataset.item).toBe('300');
    }));

  it('keeps the chosen item in sight', () =>
    inEffects(() => {
      let chosen = $state(0);
      const list = new RovingWindow('y', () => ({ count: 500, current: chosen, size: 20 }), String);
      const element = scrollerOf(list);
      list.follow(() => chosen);
      flushSync();
      expect(element.scrollTop).toBe(0);
      chosen = 40;
      flushSync();
      expect(element.scrollTop).toBe(41 * 20 - 100);
    }));
});
