// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { pointerIn, zoomOf } from '../../../src/lib/viz/common/pointer';

/** An element at (20, 10) in the window that is drawn `zoom` times its size; undefined: a browser that does not tell. */
function placed(zoom: number | undefined): HTMLElement {
  const element = document.createElement('div');
  element.getBoundingClientRect = () => new DOMRect(20, 10, 200, 100);
  if (zoom !== undefined) Object.defineProperty(element, 'currentCSSZoom', { value: zoom });
  return element;
}

function pointedAt(element: HTMLElement): { x: number; y: number } | undefined {
  let point;
  element.addEventListener('click', (event) => (point = pointerIn(event)));
  element.dispatchEvent(new MouseEvent('click', { clientX: 140, clientY: 50 }));
  return point;
}

describe('pointerIn(event)', () => {
  it('counts from the corner of the element that listens', () => {
    expect(pointedAt(placed(1))).toEqual({ x: 120, y: 40 });
  });

  it("is in the element's own px where it is zoomed", () => {
    expect(pointedAt(placed(2))).toEqual({ x: 60, y: 20 });
  });

  it('takes a browser that does not tell the zoom as unzoomed', () => {
    expect(zoomOf(placed(undefined))).toBe(1);
    expect(pointedAt(placed(undefined))).toEqual({ x: 120, y: 40 });
  });
});
