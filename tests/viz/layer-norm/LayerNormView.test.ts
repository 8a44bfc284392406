// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import LayerNormMini from '../../../src/lib/viz/layer-norm/LayerNormMini.svelte';
import LayerNormView from '../../../src/lib/viz/layer-norm/LayerNormView.svelte';
import { renderHolding } from '../shared/render-holding';
import { fillJsdomGaps } from '../shared/jsdom-gaps';
import { tokensOf } from '../shared/tokens';

const heard = { onwhich: vi.fn(), onposition: vi.fn() };

/** Two positions of two components: [1, 3] has mean 2 and std 1, [0, 8] mean 4 and std 4; weight [2, 0.5], bias [10, 20]. */
const twoPositions = {
  epsilon: 0,
  weight: Float32Array.of(2, 0.5),
  bias: Float32Array.of(10, 20),
  before: Float32Array.of(1, 3, 0, 8),
  after: Float32Array.of(8, 20.5, 8, 20.5),
  scale: Float32Array.of(1, 4)
};

function show(changes: object = {}) {
  return renderHolding(
    LayerNormView,
    {
      theme: 'light',
      tokens: tokensOf('Once', ' upon'),
      position: 1,
      layer: 6,
      n_layer: 12,
      which: 'ln_1',
      ...twoPositions,
      ...heard,
      ...changes
    },
    { onlocked: 'locked' }
  );
}

beforeEach(() => {
  vi.clearAllMocks();
  fillJsdomGaps();
});
afterEach(cleanup);

describe('<LayerNormView>', () => {
  it('states mean, std and scale, and how far the model’s own output is', () => {
    const { container } = show();
    expect(container.textContent).toContain('mean = 4.000');
    expect(container.textContent).toContain('std = √variance = 4.000');
    expect(container.textContent).toContain('scale = √(variance + ε) = √(16.00 + 0) = 4.000');
    expect(container.textContent).toContain('Largest difference to the model’s own output: 0;');
  });

  it('shows a model that disagrees', () => {
    const { container } = show({ after: Float32Array.of(8, 20.5, 8, 21) });
    expect(container.textContent).toContain('Largest difference to the model’s own output: 0.5000');
  });

  it('follows one component through the steps', async () => {
    const { container } = show();
    await fireEvent.keyDown(screen.getByRole('slider', { name: 'x: component' }), { key: 'End' });
    expect(container.textContent).toContain(
      '[1] (8.000 − 4.000) / 4.000 = 1.000 → · 0.5000 = 0.5000 → + 20.00 = 20.50'
    );
  });

  it('lists what weight amplifies and holds back, and holds the component clicked', async () => {
    const { container } = show();
    const [amplified] = screen.getAllByRole('button', { name: '0 2.000' });
    await fireEvent.click(amplified);
    expect(amplified.getAttribute('aria-pressed')).toBe('true');
    expect(container.textContent).toContain('[0] (0 − 4.000) / 4.000 = −1.000');
  });

  it('writes every position’s mean and std, and selects one by click and arrow key', async () => {
    show();
    const row = screen.getByRole('button', { name: 'position 0: "Once"' });
    const cells = [...row.closest('tr')!.querySelectorAll('td')].map((cell) => cell.textContent);
    expect(cells).toEqual(['2.000', '1.000', '14.25', '6.250']);
    await fireEvent.click(row);
    expect(heard.onposition).toHaveBeenLastCalledWith(0);
    heard.onposition.mockClear();
    await fireEvent.keyDown(screen.getByRole('button', { name: /^position 1/ }), { key: 'Home' });
    expect(heard.onposition).toHaveBeenLastCalledWith(0);
  });

  it('draws a part of a long prompt’s rows only, and its table holds all', async () => {
    const T = 1024;
    const [before, after] = [new Float32Array(2 * T), new Float32Array(2 * T)];
    show({
      tokens: tokensOf(...Array.from({ length: T }, () => ' dog')),
      ...{ before, after, scale: new Float32Array(T), position: T - 1 }
    });
    const [table] = screen.getAllByRole('table', { name: /^Mean and standard deviation at every position/ });
    expect(table.getAttribute('aria-rowcount')).toBe('1025'); // and the head
    const rows = [...table.querySelectorAll('tr[aria-rowindex]')];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(64);
    expect(rows.filter((row) => row.querySelector('button')!.tabIndex === 0)).toHaveLength(1);
    expect(screen.getByText('1,024 rows')).toBeTruthy();
  });

  it('switches between ln_1, ln_2 and ln_f, and says what Hugging Face does with ln_f', async () => {
    show();
    await fireEvent.click(screen.getByRole('radio', { name: 'ln_2' }));
    expect(heard.onwhich).toHaveBeenCalledWith('ln_2');
    cleanup();
    const { container } = show({ which: 'ln_f' });
    expect(container.textContent).toContain('ln_f is applied once, after block 11.');
    expect(container.textContent).toContain('Hugging Face’s last hidden state');
  });

  it('waits in words while something is missing', () => {
    show({ after: undefined });
    expect(screen.getByRole('status').textContent).toContain('Reading ln_1');
  });
});

describe('<LayerNormMini>', () => {
  it('says both distributions in words', () => {
    render(LayerNormMini, { before: [0, 8], after: [-1, 1], label: '2 values at ln_1, block 6' });
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      '2 values at ln_1, block 6. before: mean 4.000, standard deviation 4.000; after: mean 0, standard deviation 1.000. Tallest bar: 1 value.'
    );
  });
});
