// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Token } from '../../../src/lib/gpt2';
import ResidualMini from '../../../src/lib/viz/residual/ResidualMini.svelte';
import ResidualView from '../../../src/lib/viz/residual/ResidualView.svelte';

const encoder = new TextEncoder();
const token = (id: number, text: string): Token => ({
  id,
  text,
  bytes: encoder.encode(text),
  start: 0,
  end: text.length,
  special: false
});

// Two blocks, two positions.
const props = {
  theme: 'light' as const,
  tokens: [token(1, 'Once'), token(2, ' upon')],
  n_layer: 2,
  position: 0,
  layer: 0,
  norms: new Float32Array([1, 10, 3, 40, 5, 80]),
  attnNorms: new Float32Array([1, 12, 3, 20]),
  mlpNorms: new Float32Array([3, 36, 1, 60])
};
const callbacks = () => ({ onposition: vi.fn(), onlayer: vi.fn() });

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('ResidualView', () => {
  it('states the norms, the share, and that norms do not add up', () => {
    const { container } = render(ResidualView, { ...props, ...callbacks() });
    expect(container.textContent).toContain('attention’s share is 25 %');
    expect(container.textContent).toContain('from 1.000 to 3.000, not to 1.000 + 1.000 + 3.000 = 5.000');
    expect(container.textContent).toContain('Norms do not add up');
  });

  it('says once which tensor the last row is, and how Hugging Face differs', () => {
    const { container } = render(ResidualView, { ...props, ...callbacks() });
    expect(container.textContent).toMatch(/hidden_states\[2\]\s+additionally has ln_f applied/);
  });

  it('goes over depths and positions by arrow keys', async () => {
    const { onposition, onlayer } = callbacks();
    render(ResidualView, { ...props, onposition, onlayer });
    const grid = screen.getByRole('button', { name: /depth and a position/ });
    await fireEvent.keyDown(grid, { key: 'ArrowRight' });
    expect(onposition).toHaveBeenCalledExactlyOnceWith(1);
    await fireEvent.keyDown(grid, { key: 'ArrowUp' });
    expect(onlayer).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('reaches the last depth, which belongs to the last block', async () => {
    const { onposition, onlayer } = callbacks();
    const { container } = render(ResidualView, { ...props, layer: 1, onposition, onlayer });
    await fireEvent.keyDown(screen.getByRole('button', { name: /depth and a position/ }), { key: 'ArrowUp' });
    expect(container.textContent).toMatch(/after block 1, resid_post of block 1:\s+‖x‖ = 5\.000/);
    expect(onlayer).not.toHaveBeenCalled();
  });

  it('selects a block by its bars', async () => {
    const { onposition, onlayer } = callbacks();
    render(ResidualView, { ...props, onposition, onlayer });
    const name = /^Block\s*1\b.*attention adds norm\s*3\.000.*MLP\s*1\.000.*share\s*75 %$/;
    await fireEvent.click(screen.getByRole('button', { name }));
    expect(onlayer).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('summarises the picture for those who do not see it', () => {
    render(ResidualView, { ...props, ...callbacks() });
    expect(
      screen.getByRole('img', {
        name: /3 depths and 2 positions; the largest, 80\.00, is after block 1, at position 1/
      })
    ).toBeTruthy();
  });

  it('waits for a run, also while the norms are still those of a shorter prompt', () => {
    const { container } = render(ResidualView, { ...props, norms: undefined, ...callbacks() });
    expect(container.textContent).toContain('Not computed yet');
    cleanup();
    const tokens = [...props.tokens, token(3, ' a')];
    expect(() => render(ResidualView, { ...props, tokens, position: 2, ...callbacks() })).not.toThrow();
  });
});

describe('ResidualMini', () => {
  it('moves between blocks by keys and stops at the ends', async () => {
    const onlayer = vi.fn();
    render(ResidualMini, { norms: new Float32Array([1, 3, 5]), layer: 0, onlayer });
    const slider = screen.getByRole('slider', { name: 'Block' });
    expect(slider.getAttribute('aria-valuetext')).toBe(
      'block 0 reads the stream at the embedding, norm 1.000'
    );
    await fireEvent.keyDown(slider, { key: 'ArrowLeft' });
    expect(onlayer).not.toHaveBeenCalled();
    const isLeft = await fireEvent.keyDown(slider, { key: 'PageUp' });
    expect([isLeft, onlayer.mock.calls]).toEqual([true, []]); // the page scrolls
    await fireEvent.keyDown(slider, { key: 'End' });
    expect(onlayer).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('tells where the norm starts and ends', () => {
    render(ResidualMini, { norms: new Float32Array([1, 3, 5]), layer: 0, onlayer: vi.fn() });
    expect(screen.getByRole('img', { name: /from 1\.000 after the embeddings to 5\.000/ })).toBeTruthy();
  });
});
