// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Token } from '../../../src/lib/gpt2';
import EmbeddingsView from '../../../src/lib/viz/embeddings/EmbeddingsView.svelte';
import { renderHolding } from '../shared/render-holding';

const bytes = new Uint8Array([0x61]);
const token = (id: number): Token => ({ id, text: 'a', bytes, start: 0, end: 1, special: false });

const props = {
  theme: 'light' as const,
  tokens: [token(7), token(284)],
  position: 1,
  n_embd: 3,
  embed: new Float32Array([0.5, 0.25, -2]),
  pos_embed: new Float32Array([0.25, -0.5, 1]),
  resid_pre: new Float32Array([0.75, -0.25, -1])
};

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('EmbeddingsView', () => {
  it('writes the sum of one component in names and numbers, and follows the arrow keys', async () => {
    const { container } = renderHolding(
      EmbeddingsView,
      { ...props, onposition: vi.fn() },
      { oncomponent: 'component' }
    );
    expect(container.textContent).toContain('wte[284][0] + wpe[1][0] = resid_pre[1][0]');
    expect(container.textContent).toContain('0.5000 + 0.2500 = 0.7500');
    await fireEvent.keyDown(screen.getByRole('slider', { name: 'Component' }), { key: 'ArrowRight' });
    expect(container.textContent).toContain('wte[284][1] + wpe[1][1] = resid_pre[1][1]');
    expect(container.textContent).toContain('0.2500 − 0.5000 = −0.2500');
  });

  it('says that the addition is exact, or by how much it is not', () => {
    const { container } = render(EmbeddingsView, { ...props, onposition: vi.fn() });
    expect(container.textContent).toContain('adds up exactly');
    cleanup();
    const wrong = render(EmbeddingsView, {
      ...props,
      resid_pre: new Float32Array([0.75, -0.25, 0]),
      onposition: vi.fn()
    });
    expect(wrong.container.textContent).toContain('largest difference from resid_pre is 1.000');
  });

  it('turns to the neighbouring position and stops at the ends', async () => {
    const onposition = vi.fn();
    render(EmbeddingsView, { ...props, onposition });
    const slider = screen.getByRole('slider', { name: 'Component' });
    await fireEvent.keyDown(slider, { key: 'PageDown' });
    expect(onposition).not.toHaveBeenCalled();
    await fireEvent.keyDown(slider, { key: 'PageUp' });
    expect(onposition).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('waits for the rows', () => {
    const { container } = render(EmbeddingsView, { ...props, resid_pre: undefined, onposition: vi.fn() });
    expect(container.textContent).toContain('Not computed yet');
  });
});
