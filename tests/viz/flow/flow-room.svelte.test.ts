import { expect, it } from 'vitest';
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
