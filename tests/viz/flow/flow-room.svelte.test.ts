import { describe, expect, it } from 'vitest';
import { FlowRoom } from '../../../src/lib/viz/flow/flow-room.svelte.ts';

it('has the rest of the window where it begins high in it, and the whole window further down', () => {
  const room = new FlowRoom(20, () => false);
  room.windowHeight = 900;
  room.top = 300;
  const rest = room.height;
  room.top = 0;
  const whole = room.height;
  expect(rest).toBe(whole - 300);
  for (const top of [700, 5000]) {
    room.top = top;
    expect(room.height).toBe(whole);
  }
});

describe('rowsFor(T)', () => {
  const room = new FlowRoom(20, () => false);
  /** 92 px stand above and under the rows. */
  const openAt = (px: number) => (room.windowHeight = room.top + 92 + px);

  it('is one for each token where the picture alone has room for rows of 9 px', () => {
    openAt(9 * 60);
    expect([1, 14, 60].map((T) => room.rowsFor(T))).toEqual([1, 14, 60]);
    openAt(9 * 60 - 1);
    expect(room.rowsFor(59)).toBe(59);
  });

  it('else leaves the legend in the window, too', () => {
    room.legendHeight = 70;
    openAt(9 * 50);
    expect(room.rowsFor(51)).toBe(40); // 50 less 70 px of the legend and 20 px beside it
    expect(room.rowsFor(1024)).toBe(40);
  });

  it('is 60 at most, and 24 at least in the lowest window', () => {
    openAt(2000);
    expect(room.rowsFor(1024)).toBe(60);
    room.top = 0;
    openAt(0);
    expect([24, 25].map((T) => room.rowsFor(T))).toEqual([24, 24]);
  });
});
