import type { ZoomPlace } from '$lib/viz/common';
import type { HeadPlace } from '$lib/viz/common/head-grid';
import { linkWords as words } from '$lib/words';
import { Refused, type Field } from './setting';

/** `3.2_0.25_0.5`: scale, and the shares left of it and above it. */
export const zoomPlace: Field<ZoomPlace> = {
  parse(value) {
    const [k, x, y] = /^\d{1,4}(\.\d{1,2})?_[01](\.\d{1,4})?_[01](\.\d{1,4})?$/.test(value)
      ? value.split('_').map(Number)
      : [NaN, NaN, NaN];
    if (!(k > 1 && x <= 1 && y <= 1)) throw new Refused(() => words.zoom);
    return { k, x, y };
  },
  format: ({ k, x, y }) => `${k}_${x}_${y}`
};

const MOST_PINS = 24; // two blocks of GPT-2 small

/** `9.8_9.0`: heads by block and place. */
export const headList: Field<readonly HeadPlace[]> = {
  parse(value) {
    const places = value.split('_').map((one) => /^(\d{1,3})\.(\d{1,3})$/.exec(one));
    if (places.length > MOST_PINS || places.includes(null)) throw new Refused(() => words.heads(MOST_PINS));
    return places.map((found) => ({ layer: Number(found![1]), head: Number(found![2]) }));
  },
  format: (heads) => heads.map(({ layer, head }) => `${layer}.${head}`).join('_')
};
