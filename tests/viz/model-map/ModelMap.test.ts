// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ModelMap from '../../../src/lib/viz/model-map/ModelMap.svelte';

const props = {
  n_layer: 3,
  layer: 1,
  part: 'attn' as const,
  attnNorms: new Float32Array([1, 2, 3]),
  mlpNorms: new Float32Array([4, 8, 5]),
  embedNorms: { wte: 1.5, wpe: 0.5 },
  finalNorm: 12,
  tokenLabel: '·to',
  orientation: 'vertical' as const
};

afterEach(cleanup);

describe('ModelMap', () => {
  it('opens attention and MLP of a block separately', async () => {
    const onselect = vi.fn();
    render(ModelMap, { ...props, onselect });
    await fireEvent.click(screen.getByRole('button', { name: /^Block 2 attention/ }));
    await fireEvent.click(screen.getByRole('button', { name: /^Block 2 MLP/ }));
    expect(onselect.mock.calls).toEqual([
      ['attn', 2],
      ['mlp', 2]
    ]);
  });

  it('keeps the selected block for the parts outside the blocks', async () => {
    const onselect = vi.fn();
    render(ModelMap, { ...props, onselect });
    await fireEvent.click(screen.getByRole('button', { name: /^ln_f/ }));
    expect(onselect).toHaveBeenCalledExactlyOnceWith('ln_f', 1);
  });

  it('moves by arrow keys, with one tab stop that follows', async () => {
    const onselect = vi.fn();
    const { rerender } = render(ModelMap, { ...props, onselect });
    const start = screen.getByRole('button', { name: /^Block 1 attention/ });
    start.focus();
    await fireEvent.keyDown(start, { key: 'ArrowRight' });
    expect(onselect).toHaveBeenLastCalledWith('mlp', 1);
    await rerender({ part: 'mlp' });
    const mlp = screen.getByRole('button', { name: /^Block 1 MLP/ });
    await vi.waitFor(() => expect(document.activeElement).toBe(mlp));
    expect(mlp.tabIndex).toBe(0);
    expect(start.tabIndex).toBe(-1);
    await fireEvent.keyDown(mlp, { key: 'ArrowDown' });
    expect(onselect).toHaveBeenLastCalledWith('mlp', 2);
  });

  it('says every norm to those who do not see the bars, and where the most is added', () => {
    render(ModelMap, { ...props, onselect: vi.fn() });
    expect(screen.getByRole('button', { name: 'Block 2 MLP: adds ‖mlp_out‖ = 5.000' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Embeddings: ‖wte‖ 1.500 + ‖wpe‖ 0.5000' })).toBeTruthy();
    expect(screen.getByRole('toolbar', { name: /Block 1 MLP: norm 8\.000/ })).toBeTruthy();
  });

  it('states the scale of the bars', () => {
    const { container } = render(ModelMap, { ...props, onselect: vi.fn() });
    expect(container.textContent?.replace(/\s+/g, ' ')).toContain(
      'bar = norm of what is added at ·to, 0 … 8.000'
    );
  });

  it('stands before the first run, horizontally too', () => {
    render(ModelMap, {
      ...props,
      orientation: 'horizontal',
      attnNorms: undefined,
      mlpNorms: undefined,
      embedNorms: undefined,
      finalNorm: undefined,
      onselect: vi.fn()
    });
    expect(screen.getAllByRole('button')).toHaveLength(1 + 6 + 2);
    expect(screen.getByRole('button', { name: /not computed yet/, current: true })).toBeTruthy();
  });
});
