// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeadMaps } from '../../../src/lib/gpt2/numbers/attention-maps.ts';
import AttentionView from '../../../src/lib/viz/attention/AttentionView.svelte';

// Two tokens, two heads of width 4. Head 0: q1·k0 = 2 ln 3, q1·k1 = 0, so query 1 reads 75 % and 25 %.
const LN3 = Math.log(3);
const token = (text: string, id: number) => {
  const bytes = new TextEncoder().encode(text);
  return { id, text, bytes, start: 0, end: text.length, special: false };
};
const q = Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
const k = Float32Array.of(5, 2 * LN3, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0);
const pattern = Float32Array.of(1, 0, 0.75, 0.25);
const attn_scores = Float32Array.of(2.5, -Infinity, LN3, 0);
const zeros = new Float32Array(2);
/** Of both heads. */
const bothHeads = {
  side: 2,
  block: 1,
  values: Float32Array.of(1, 0, 0.75, 0.25, 1, 0, 0.5, 0.5),
  first: zeros,
  previous: zeros,
  self: zeros
};

const heard = {
  onposition: vi.fn(),
  onkey: vi.fn(),
  onhoverquery: vi.fn(),
  onhead: vi.fn(),
  onstage: vi.fn(),
  onform: vi.fn(),
  onheads: vi.fn()
};

const props = {
  theme: 'light' as const,
  tokens: [token('Once', 1), token(' upon', 2)],
  layer: 3,
  head: 0,
  n_layer: 5,
  n_head: 2,
  d_head: 4,
  position: 1,
  key: null as number | null,
  hoverQuery: null as number | null,
  stage: 'softmax' as 'qk' | 'scaled' | 'masked' | 'softmax',
  form: 'matrix' as 'matrix' | 'arcs',
  heads: 'layer' as 'layer' | 'all',
  pattern: pattern as Float32Array | undefined,
  attn_scores: attn_scores as Float32Array | undefined,
  q: q as Float32Array | undefined,
  k: k as Float32Array | undefined,
  maps: Array.from({ length: 5 }, (_, layer) => (layer === 3 ? bothHeads : undefined)) as (
    HeadMaps | undefined
  )[],
  ...heard
};

const pad = (): HTMLElement => screen.getByRole('button', { name: /Cells of the map/ });
const storyText = (): string => screen.getByTestId('cell-story').textContent ?? '';
const CELL = 32; // px, the largest a cell gets
const over = (query: number, key: number) => ({
  clientX: (key + 0.5) * CELL,
  clientY: (query + 0.5) * CELL,
  detail: 1
});

/** jsdom lays nothing out, so nothing ever changes size. */
class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

afterEach(cleanup);

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', StillObserver);
  vi.clearAllMocks();
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});

describe('AttentionView: the cell under the pointer', () => {
  it('tells its value and how it came about, in the panel and beside the pointer', async () => {
    const { container } = render(AttentionView, { props });
    await fireEvent.pointerMove(pad(), over(1, 0));
    expect(storyText()).toContain('75.0 %');
    expect(storyText()).toContain('q·k = 2.197');
    expect(storyText()).toContain('softmax over 2 keys: e^(1.099 − 1.099) / Σ = 1.000 / 1.333 = 75.0 %');
    expect(container.querySelector('.tip')?.textContent.replaceAll(/\s+/g, ' ')).toBe(
      '·upon 1 → Once 075.0 %' // two lines
    );
    expect(heard.onhoverquery).toHaveBeenLastCalledWith(1);
  });

  it('shows the value of the stage that is chosen', async () => {
    for (const [stage, value] of [
      ['qk', '2.197'],
      ['scaled', '1.099'],
      ['masked', '1.099'],
      ['softmax', '75.0 %']
    ] as const) {
      const view = render(AttentionView, { props: { ...props, stage, key: 0 } });
      expect(view.container.querySelector('.value')?.textContent).toBe(value);
      view.unmount();
    }
  });

  it('draws the pairs above the diagonal only before the mask', () => {
    const drawn = { qk: 4, scaled: 4, masked: 3, softmax: 3 };
    for (const stage of ['qk', 'scaled', 'masked', 'softmax'] as const) {
      const view = render(AttentionView, { props: { ...props, stage } });
      expect(view.container.querySelectorAll('.picture rect[fill]')).toHaveLength(drawn[stage]);
      expect(view.container.querySelectorAll('.masked')).toHaveLength(stage === 'masked' ? 1 : 0);
      view.unmount();
    }
  });
});

describe('AttentionView: one hovered query in every map', () => {
  it('marks its row in the large map and lights it in all small ones', () => {
    const { container } = render(AttentionView, { props: { ...props, hoverQuery: 0 } });
    const lit = [...container.querySelectorAll<HTMLElement>('.row.lit')];
    expect(lit.map((row) => row.dataset.row)).toEqual(['0', '0']);
    expect(container.querySelectorAll('.hovered-row')).toHaveLength(1);
  });
});

describe('AttentionView: locking', () => {
  it('selects query and key on a click, and frees the key on the next', async () => {
    const view = render(AttentionView, { props });
    await fireEvent.click(pad(), over(1, 0));
    expect(heard.onposition).toHaveBeenCalledWith(1);
    expect(heard.onkey).toHaveBeenLastCalledWith(0);
    await view.rerender({ ...props, key: 0 });
    await fireEvent.click(pad(), over(1, 0));
    expect(heard.onkey).toHaveBeenLastCalledWith(null);
  });

  it('moves with the arrow keys, locks with Enter, frees with Escape, and says so', async () => {
    const { container } = render(AttentionView, { props });
    await fireEvent.keyDown(pad(), { key: 'ArrowLeft' });
    expect(container.querySelector('.spoken')?.textContent).toContain('q·k = 2.197');
    await fireEvent.keyDown(pad(), { key: 'Enter' });
    expect(heard.onkey).toHaveBeenLastCalledWith(0);
    await fireEvent.keyDown(pad(), { key: 'Escape' });
    expect(heard.onkey).toHaveBeenLastCalledWith(null);
  });
});

describe('AttentionView: the heads', () => {
  it('names each head by what it mostly reads', () => {
    const habits = { first: Float32Array.of(0.75, 0), previous: Float32Array.of(0.25, 0) };
    const map = { ...bothHeads, ...habits, side: 3, values: new Float32Array(18) };
    const three = { ...props, tokens: [...props.tokens, token(' a', 3)], maps: props.maps.with(3, map) };
    render(AttentionView, { props: three });
    expect(
      screen.getByRole('radio', { name: 'head 3.0: mostly attends to position 0, 75.0 % on average' })
    ).toBeTruthy();
  });

  it('chooses a head by click and by arrow key', async () => {
    render(AttentionView, { props });
    const [first, second] = screen.getAllByRole('radio', { name: /^head 3\./ });
    await fireEvent.click(second);
    expect(heard.onhead).toHaveBeenLastCalledWith(3, 1);
    await fireEvent.keyDown(first, { key: 'ArrowRight' });
    expect(heard.onhead).toHaveBeenLastCalledWith(3, 1);
    expect(document.activeElement).toBe(second);
  });

  it('shows every head of every block, and says how many are still being read', async () => {
    render(AttentionView, { props: { ...props, heads: 'all', maps: props.maps.with(0, bothHeads) } });
    const maps = screen.getAllByRole('radio', { name: /^head \d\.\d/ });
    expect(maps).toHaveLength(10);
    expect(screen.getByText(/2 of 5 blocks/)).toBeTruthy();
    await fireEvent.keyDown(maps[6], { key: 'ArrowUp' });
    expect(heard.onhead).toHaveBeenLastCalledWith(2, 0);
  });

  it('offers 2 and 10', async () => {
    render(AttentionView, { props });
    await fireEvent.click(screen.getByRole('radio', { name: '10' }));
    expect(heard.onheads).toHaveBeenCalledWith('all');
  });
});

describe('AttentionView: with several heads in the large picture', () => {
  // the pinned head reads 25 % and 75 %, so the mean of the two is 50 % and 50 %
  const pinned = [{ layer: 4, head: 1, pattern: Float32Array.of(1, 0, 0.25, 0.75), norms: null }];
  const reading = { combine: 'mean', weigh: 'weight', first: 'show', keep: 100 } as const;

  it('panel, table and headings have the mean’s own numbers and say of which heads', () => {
    const { container } = render(AttentionView, { props: { ...props, pinned, reading, key: 1 } });
    expect(storyText()).toContain('Shown: mean of heads 3.0, 4.1.');
    expect(storyText()).toContain('weight, as a share of its row: 3.0: 25.0 % · 4.1: 75.0 %');
    expect(storyText()).toContain('mean of 2 = 50.0 %');
    expect(container.textContent).toContain(': mean of heads 3.0, 4.1');
    expect(container.textContent).not.toContain('q·k =');
  });
});

describe('AttentionView: as arcs', () => {
  it('writes each key’s share beside it and selects a query by click', async () => {
    render(AttentionView, { props: { ...props, form: 'arcs' } });
    expect(screen.getByRole('button', { name: 'key 0: "Once", 75.0 %' })).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'query 0: "Once"' }));
    expect(heard.onposition).toHaveBeenCalledWith(0);
  });

  it('says what is not drawn', () => {
    const weak = Float32Array.of(1, 0, 0.996, 0.004);
    render(AttentionView, { props: { ...props, form: 'arcs', pattern: weak } });
    expect(screen.getAllByText(/Links under 1 % are not drawn: 1 key, 0.40 % of the attention/)).toHaveLength(
      2
    );
  });
});

describe('AttentionView: while something is missing', () => {
  it('keeps its place with a calm surface', () => {
    const none = { pattern: undefined, attn_scores: undefined, q: undefined, k: undefined };
    const { container } = render(AttentionView, { props: { ...props, ...none } });
    expect(container.querySelector('.waiting')).toBeTruthy();
    expect(storyText()).toContain('Reading q and k');
  });

  it('does not draw arrays of another prompt', () => {
    const { container } = render(AttentionView, { props: { ...props, pattern: new Float32Array(18) } });
    expect(container.querySelector('.waiting')).toBeTruthy();
  });

  it('asks for a prompt when there is none', () => {
    render(AttentionView, { props: { ...props, tokens: [], position: 0 } });
    expect(screen.getByText(/Type a prompt/)).toBeTruthy();
  });
});
