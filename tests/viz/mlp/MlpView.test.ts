// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import MlpView from '../../../src/lib/viz/mlp/MlpView.svelte';
import { fillJsdomGaps } from '../shared/jsdom-gaps';
import { tokensOf } from '../shared/tokens';

const heard = { onposition: vi.fn(), onneuron: vi.fn() };

function show(changes: object = {}) {
  return render(MlpView, {
    theme: 'light',
    tokens: tokensOf('Once', ' upon'),
    position: 1,
    layer: 6,
    pre: Float32Array.of(-0.75, 0.1, 3, 1),
    post: Float32Array.of(-0.17, 0.054, 2.996, 0.841),
    mlp_out: Float32Array.of(3, -4),
    neuron: null,
    ...heard,
    ...changes
  });
}

beforeEach(() => {
  vi.clearAllMocks();
  fillJsdomGaps();
});
afterEach(cleanup);

const neuronButtons = () => screen.getAllByRole('button', { name: /^neuron/ });

describe('<MlpView>', () => {
  it('lists the neurons by size of post', () => {
    show();
    expect(neuronButtons().map((button) => button.querySelector('.visually-hidden')?.textContent)).toEqual([
      'neuron 2: pre 3.000, post 2.996',
      'neuron 3: pre 1.000, post 0.8410',
      'neuron 0: pre −0.7500, post −0.1700',
      'neuron 1: pre 0.1000, post 0.05400'
    ]);
  });

  it('counts the neurons that are on and says what on means', () => {
    const { container } = show();
    expect(container.textContent).toContain('2 of 4 neurons are on (50.0 %)');
    expect(container.textContent).toContain('post above 0.1701');
    expect(container.textContent).toContain('3 have pre above zero');
  });

  it('holds a neuron by click and frees it by a second click', async () => {
    show();
    await fireEvent.click(neuronButtons()[0]);
    expect(heard.onneuron).toHaveBeenLastCalledWith(2);
    cleanup();
    const { container } = show({ neuron: 2 });
    expect(container.textContent).toContain('neuron 2: GELU(3.000) = 2.996');
    await fireEvent.click(neuronButtons()[0]);
    expect(heard.onneuron).toHaveBeenLastCalledWith(null);
  });

  it('walks the list by arrow keys and frees with Escape', async () => {
    show({ neuron: 2 });
    await fireEvent.keyDown(neuronButtons()[0], { key: 'ArrowDown' });
    expect(heard.onneuron).toHaveBeenLastCalledWith(3);
    await fireEvent.keyDown(neuronButtons()[0], { key: 'Escape' });
    expect(heard.onneuron).toHaveBeenLastCalledWith(null);
  });

  it('goes to any neuron by number, and to none that does not exist', async () => {
    show();
    const field = screen.getByLabelText('neuron');
    await fireEvent.change(field, { target: { value: '1' } });
    expect(heard.onneuron).toHaveBeenLastCalledWith(1);
    heard.onneuron.mockClear();
    await fireEvent.change(field, { target: { value: '4' } });
    expect(heard.onneuron).not.toHaveBeenCalled();
  });

  it('shows what the neurons write together, with its norm', () => {
    const { container } = show();
    expect(container.textContent).toContain('norm 5.000');
  });

  it('waits in words while the rows are missing', () => {
    show({ pre: undefined });
    expect(screen.getByRole('status').textContent).toContain('Reading the neurons of block 6');
  });
});
