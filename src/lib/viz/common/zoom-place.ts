/** Where a zoomed picture stands, in shares of the whole picture, so that it means the same at every size. */
export interface ZoomPlace {
  /** Scale; 1 shows all. */
  readonly k: number;
  /** What is left of the view and above it, shares of the whole: 0 to 1 - 1/k. */
  readonly x: number;
  readonly y: number;
}

/** All of the picture. */
export const WHOLE: ZoomPlace = { k: 1, x: 0, y: 0 };

/** One press of + or −. */
export const ZOOM_STEP = 1.5;

const WORTH_A_ZOOM = 1.5; // less than one press makes nothing clearer

/** The largest scale of a picture whose items have `size` px and are comfortable at `wanted` px; 1: they already are. */
export function mostZoomOf(size: number, wanted: number): number {
  return wanted / size < WORTH_A_ZOOM ? 1 : wanted / size;
}

const K_STEPS = 100; // a place is kept in hundredths of its scale,
const SHARE_STEPS = 10_000; // and in ten thousandths of the picture: the same in a link

const round = (value: number, steps: number): number => Math.round(value * steps) / steps;

/** A place inside the picture, with the digits that are kept. */
export function fitPlace({ k, x, y }: ZoomPlace, most: number): ZoomPlace {
  const scale = round(Math.max(1, Math.min(most, k)), K_STEPS);
  const last = 1 - 1 / scale;
  const inside = (share: number): number => round(Math.max(0, Math.min(last, share)), SHARE_STEPS);
  return scale === 1 ? WHOLE : { k: scale, x: inside(x), y: inside(y) };
}

/** Zooms by a factor about a point given in shares of the view (the middle: 0.5, 0.5). */
export function zoomBy(place: ZoomPlace, factor: number, most: number, at = { x: 0.5, y: 0.5 }): ZoomPlace {
  const k = Math.max(1, Math.min(most, place.k * factor));
  const moved = (share: number, about: number): number => share + about / place.k - about / k;
  return fitPlace({ k, x: moved(place.x, at.x), y: moved(place.y, at.y) }, most);
}

/** The share to begin the view at, so that [start, end] of the picture is in it, with the least movement. */
function shown(share: number, start: number, end: number, k: number): number {
  if (start < share) return start;
  return end > share + 1 / k ? end - 1 / k : share;
}

/** Moves the view, as little as it can, to an item of `count` equal ones along each axis. */
export function revealItem(
  place: ZoomPlace,
  item: { readonly x: number; readonly y: number },
  count: { readonly x: number; readonly y: number },
  most: number
): ZoomPlace {
  if (place.k === 1) return place;
  const x = shown(place.x, item.x / count.x, (item.x + 1) / count.x, place.k);
  const y = shown(place.y, item.y / count.y, (item.y + 1) / count.y, place.k);
  return fitPlace({ k: place.k, x, y }, most);
}

/** What a key press makes of a place; null for a key that does not zoom. */
export function zoomKey(key: string, place: ZoomPlace, most: number): ZoomPlace | null {
  if (key === '+' || key === '=') return zoomBy(place, ZOOM_STEP, most);
  if (key === '-' || key === '_') return zoomBy(place, 1 / ZOOM_STEP, most);
  return key === '0' ? WHOLE : null;
}

/** The items (of `count` equal ones) that are in view along one axis: first … end − 1. */
export function itemsInView(share: number, k: number, count: number): { first: number; end: number } {
  const first = Math.max(0, Math.floor(share * count));
  return { first, end: Math.min(count, Math.ceil((share + 1 / k) * count + 1)) };
}
