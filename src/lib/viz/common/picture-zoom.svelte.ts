import { select, zoom, ZoomTransform, type D3ZoomEvent, type ZoomBehavior } from 'd3';
import type { Attachment } from 'svelte/attachments';
import { fitPlace, type ZoomPlace } from './zoom-place';

/** Where the picture stands now, and what to do with a new place. */
export interface ZoomHost {
  readonly place: ZoomPlace;
  /** The largest scale; 1: nothing to zoom. */
  readonly most: number;
  readonly onplace: (place: ZoomPlace) => void;
}

const SAME = 0.5; // px: a place is rounded, so that a gesture is not pulled back to it

/** The transform of d3-zoom that shows a place in a view of this size, px of the window. */
function transformOf({ k, x, y }: ZoomPlace, width: number, height: number): ZoomTransform {
  return new ZoomTransform(k, -x * width * k, -y * height * k);
}

function placeOf({ k, x, y }: ZoomTransform, width: number, height: number): ZoomPlace {
  return { k, x: -x / (width * k || 1), y: -y / (height * k || 1) };
}

/** Keeps the view inside the picture, which fills it at scale 1. */
function constrain({ k, x, y }: ZoomTransform, [, [width, height]]: [[number, number], [number, number]]) {
  const inside = (move: number, size: number): number => Math.min(0, Math.max(size * (1 - k), move));
  return new ZoomTransform(k, inside(x, width), inside(y, height));
}

/** The wheel zooms where the pointer was moved to; under a pointer that rests, the page scrolls past. */
class WheelGuard {
  #armed = false;

  readonly arm = (event: PointerEvent): void => {
    if (event.movementX !== 0 || event.movementY !== 0) this.#armed = true;
  };
  readonly disarm = (): void => {
    this.#armed = false;
  };

  allows(event: WheelEvent): boolean {
    return event.ctrlKey || event.metaKey || this.#armed;
  }
}

function wants(event: Event, guard: WheelGuard, { place, most }: ZoomHost): boolean {
  if (most <= 1) return false;
  if (event.type === 'wheel') return guard.allows(event as WheelEvent);
  if ('touches' in event) return (event as TouchEvent).touches.length > 1 || place.k > 1;
  return place.k > 1 && !(event as MouseEvent).button && !(event as MouseEvent).ctrlKey;
}

/**
 * Wheel, pinch and drag on what shows a picture: the part of the page that the picture is seen through, which does not
 * move itself. Under one finger an unzoomed picture scrolls with the page.
 *
 * @param read called when it is attached and within effects: what it reads moves the picture
 */
export function pictureZoom(read: () => ZoomHost): Attachment<HTMLElement> {
  return (element) => {
    const guard = new WheelGuard();
    const selection = select<HTMLElement, unknown>(element);
    const size = (): [number, number] => {
      const { width, height } = element.getBoundingClientRect();
      return [width, height];
    };
    const behaviour: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
      .extent(() => [[0, 0], size()])
      .constrain(constrain)
      .filter((event: Event) => wants(event, guard, read()))
      .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
        if (!sourceEvent) return; // set by `follow`
        const { most, onplace } = read();
        onplace(fitPlace(placeOf(transform, ...size()), most));
      });
    selection.call(behaviour).on('dblclick.zoom', null);

    /** Tells d3-zoom of a place that came from elsewhere: a key, a button, a link, another size. */
    const follow = (): void => {
      const { place, most } = read();
      const wanted = transformOf(fitPlace(place, most), ...size());
      behaviour.scaleExtent([1, Math.max(1, most)]);
      element.style.touchAction = place.k > 1 ? 'none' : 'pan-x pan-y';
      const now = (element as { __zoom?: ZoomTransform }).__zoom ?? new ZoomTransform(1, 0, 0);
      const near =
        Math.abs(now.k - wanted.k) < SAME / 100 &&
        Math.max(Math.abs(now.x - wanted.x), Math.abs(now.y - wanted.y)) < SAME * wanted.k;
      if (!near) behaviour.transform(selection, wanted);
    };
    $effect(follow);
    element.addEventListener('pointermove', guard.arm);
    element.addEventListener('pointerleave', guard.disarm);
    window.addEventListener('scroll', guard.disarm, { passive: true });
    return () => {
      selection.on('.zoom', null);
      element.removeEventListener('pointermove', guard.arm);
      element.removeEventListener('pointerleave', guard.disarm);
      window.removeEventListener('scroll', guard.disarm);
    };
  };
}
