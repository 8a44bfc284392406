import { describe, expect, it } from 'vitest';
import {
  fitPlace,
  itemsInView,
  revealItem,
  WHOLE,
  zoomBy,
  zoomKey
} from '../../../src/lib/viz/common/zoom-place.ts';

describe('fitPlace(place, most)', () => {
  it('keeps the view inside the picture', () => {
    expect(fitPlace({ k: 2, x: 0.9, y: -1 }, 8)).toEqual({ k: 2, x: 0.5, y: 0 });
    expect(fitPlace({ k: 20, x: 0, y: 0 }, 8)).toEqual({ k: 8, x: 0, y: 0 });
    expect(fitPlace({ k: 0.5, x: 0.3, y: 0.3 }, 8)).toEqual(WHOLE);
  });
});

describe('zoomBy(place, factor, most, at)', () => {
  it('leaves the point it zooms about where it is', () => {
    // At 1 ×, a quarter of the view is share 0.25; at 2 ×, from share 0.125 on, it is 0.125 + 0.25 / 2.
    expect(zoomBy(WHOLE, 2, 8, { x: 0.25, y: 1 })).toEqual({ k: 2, x: 0.125, y: 0.5 });
  });
  it('comes back to all of it', () => {
    expect(zoomBy({ k: 2, x: 0.4, y: 0.1 }, 0.1, 8)).toEqual(WHOLE);
  });
});

describe('revealItem(place, item, count, most)', () => {
  it('moves as little as shows the item', () => {
    const count = { x: 10, y: 10 };
    const place = { k: 2, x: 0.2, y: 0.2 };
    expect(revealItem(place, { x: 3, y: 3 }, count, 8)).toEqual(place);
    expect(revealItem(place, { x: 9, y: 0 }, count, 8)).toEqual({ k: 2, x: 0.5, y: 0 });
    expect(revealItem(WHOLE, { x: 9, y: 9 }, count, 8)).toBe(WHOLE);
  });
});

describe('zoomKey(key, place, most)', () => {
  it('takes +, − and 0, and no other key', () => {
    expect(zoomKey('+', WHOLE, 8)?.k).toBe(1.5);
    expect(zoomKey('-', { k: 1.5, x: 0, y: 0 }, 8)).toEqual(WHOLE);
    expect(zoomKey('0', { k: 5, x: 0.1, y: 0.1 }, 8)).toEqual(WHOLE);
    expect(zoomKey('a', WHOLE, 8)).toBeNull();
  });
});

describe('itemsInView(share, k, count)', () => {
  it('gives the items that the view holds or cuts', () => {
    expect(itemsInView(0, 1, 10)).toEqual({ first: 0, end: 10 });
    expect(itemsInView(0.5, 4, 100)).toEqual({ first: 50, end: 76 });
  });
});
