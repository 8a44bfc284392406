// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import QkvView from '../../../src/lib/viz/qkv/QkvView.svelte';
import { tinyHead } from './tiny-head';
import { renderHolding } from '../shared/render-holding';
import { fillJsdomGaps } from '../shared/jsdom-gaps';
import { tokensOf } from '../shared/tokens';

const heard = { onposition: vi.fn(), onkey: vi.fn() };

function show(changes: object = {}) {
  return renderHolding(
    QkvView,
    {
      theme: 'light',
      tokens: tokensOf('Once', ' upon'),
      layer: 6,
      head: 1,
      position: 1,
      key: 0,
      ...tinyHead(),
      ...heard,
      ...changes
    },
    { onlocked: 'locked', onsorted: 'sorted' }
  );
}

beforeEach(() => {
  vi.clearAllMocks();
  fillJsdomGaps();
});
afterEach(cleanup);

describe('<QkvView>', () => {
  it('fills every formula with the look’s numbers', () => {
    const { container } = show();
    expect(container.textContent).toContain('q·k = Σ qᵢkᵢ = 1.000');
    expect(container.textContent).toContain('1.000 / √2 = 0.7071');
    expect(container.textContent).toContain('e^(0.7071 − 1.768) / Σ = 0.3462 / 1.346 = 25.7 %');
    expect(container.textContent).toContain('equal to the sum to');
  });

  it('shows both scores when the model’s own disagrees', () => {
    const activations = tinyHead();
    activations.attn_scores[2] = 5;
    const { container } = show(activations);
    expect(container.textContent).toContain(
      'The two do not agree: 5.000 from the model, 0.7071 from the sum.'
    );
  });

  it('says that position 0 sees only itself, and what the mask does', () => {
    const { container } = show({ position: 0, key: 0 });
    expect(container.textContent).toContain('Position 0 can read only itself');
    expect(container.textContent).toContain(
      'Key 1 comes after the query and is masked. Its score is set to −∞'
    );
    expect(screen.getAllByRole('radio', { name: /^key/ })).toHaveLength(1);
  });

  it('chooses a key by click and by arrow key', async () => {
    show();
    await fireEvent.click(screen.getByRole('radio', { name: /^key 1/ }));
    expect(heard.onkey).toHaveBeenLastCalledWith(1);
    heard.onkey.mockClear();
    await fireEvent.keyDown(screen.getByRole('radio', { name: /^key 0/ }), { key: 'ArrowDown' });
    expect(heard.onkey).toHaveBeenLastCalledWith(1);
  });

  it('moves the query', async () => {
    show();
    expect(screen.getByRole('button', { name: 'next query' })).toHaveProperty('disabled', true);
    await fireEvent.click(screen.getByRole('button', { name: 'previous query' }));
    expect(heard.onposition).toHaveBeenCalledWith(0);
  });

  it('holds a component from the keyboard, frees it with Escape', async () => {
    const { container } = show();
    const slider = screen.getByRole('slider', { name: 'q: component' });
    await fireEvent.keyDown(slider, { key: 'End' });
    expect(container.textContent).toContain('q[1] × k[1] = 2.000 × −1.000 = −2.000');
    expect(slider.getAttribute('aria-valuetext')).toBe('component 1: 2.000');
    await fireEvent.keyDown(slider, { key: 'Escape' });
    expect(container.textContent).not.toContain('q[1] × k[1]');
  });

  it('sorts the components by product', async () => {
    const activations = tinyHead();
    activations.k[2] = -3; // q₁·k₀ by component: −3, −2
    const { container } = show(activations);
    await fireEvent.click(screen.getByRole('radio', { name: 'sorted' }));
    const slider = screen.getByRole('slider', { name: 'q: component' });
    await fireEvent.keyDown(slider, { key: 'Home' });
    expect(container.textContent).toContain('q[1] × k[1]');
  });

  it('waits in words while the activations are missing or of another prompt', () => {
    show({ q: undefined });
    expect(screen.getByRole('status').textContent).toContain('Reading q, k and v of block 6');
    cleanup();
    show({ tokens: tokensOf('a', 'b', 'c') });
    expect(screen.getByRole('status').textContent).toContain('Reading');
  });
});
