// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import LogitLensTable from '../../../src/lib/viz/logit-lens/LogitLensTable.svelte';
import LogitLensView from '../../../src/lib/viz/logit-lens/LogitLensView.svelte';
import { row, tokens, vocabulary } from '../shared/lens-fixture';

// jsdom lays nothing out, so there is no size to observe.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
);

afterEach(cleanup);

function props(more: Record<string, unknown> = {}) {
  return {
    theme: 'light' as const,
    tokens,
    position: 1,
    layer: 1,
    n_layer: 2,
    rows: [row([0, 1]), row([2, 3]), row([2, 4])],
    measure: 'probability' as const,
    row: 'output' as const,
    track: null as number | null,
    vocabulary,
    onposition: vi.fn(),
    onlayer: vi.fn(),
    onmeasure: vi.fn(),
    onrow: vi.fn(),
    ontrack: vi.fn(),
    onhoverquery: vi.fn(),
    ...more
  };
}

const cell = (depth: number, position: number): HTMLElement =>
  document.querySelector<HTMLElement>(`[data-cell="${depth},${position}"]`)!;

describe('LogitLensView', () => {
  it('shows one button a depth and position, the output on top, with token and probability in words', () => {
    render(LogitLensView, props());
    const headers = screen.getAllByRole('rowheader').map((header) => header.textContent?.trim());
    expect(headers).toEqual(['after 1', 'after 0', 'embed']);
    expect(cell(0, 0).textContent).toBe('When');
    expect(cell(2, 1).textContent).toBe('⏎');
    expect(cell(2, 1).getAttribute('aria-label')).toBe('after block 1, at ·Mary, position 1: ⏎, 75.0 %');
  });

  it('names the matrix that it reads with: the embedding, or a head of its own', () => {
    const { unmount } = render(LogitLensView, props());
    expect(screen.getByText(/softmax\(ln_f\(resid\) · wteᵀ\)/)).toBeTruthy();
    unmount();
    render(LogitLensView, props({ tied: false }));
    expect(screen.getByText(/softmax\(ln_f\(resid\) · lm_headᵀ\)/)).toBeTruthy();
    expect(document.body.textContent).not.toContain('wteᵀ');
  });

  it('says the main fact in the label of the grid', () => {
    render(LogitLensView, props());
    expect(screen.getByRole('grid').getAttribute('aria-label')).toContain(
      'After ·Mary at position 1 the last row says ⏎, 75.0 %.'
    );
  });

  it('selects position and layer and follows the top token on a click', async () => {
    const heard = props();
    render(LogitLensView, heard);
    await fireEvent.click(cell(0, 0));
    expect(heard.onposition).toHaveBeenCalledWith(0);
    expect(heard.onlayer).toHaveBeenCalledWith(0);
    expect(heard.onrow).toHaveBeenCalledWith('layer');
    expect(heard.ontrack).toHaveBeenCalledWith(0);
  });

  it('leaves the layer alone when the output row is clicked', async () => {
    const heard = props();
    render(LogitLensView, heard);
    await fireEvent.click(cell(2, 0));
    expect(heard.onlayer).not.toHaveBeenCalled();
    expect(heard.onrow).toHaveBeenCalledWith('output');
    expect(heard.ontrack).toHaveBeenCalledWith(2);
  });

  it('lets the token go when the selected cell is clicked again', async () => {
    const heard = props({ track: 3 });
    render(LogitLensView, heard);
    await fireEvent.click(cell(1, 1)); // layer 1, position 1, its top token is 3
    expect(heard.ontrack).toHaveBeenCalledExactlyOnceWith(null);
    expect(heard.onposition).not.toHaveBeenCalled();
  });

  it('lists the tokens of the cell under the pointer and previews its position', async () => {
    const heard = props();
    render(LogitLensView, heard);
    await fireEvent.mouseEnter(cell(1, 0));
    const list = screen.getByRole('table', { name: /Top 2/ });
    expect(list.textContent).toContain('after block 0, at When');
    expect(within(list).getByText('50.0 %')).toBeTruthy();
    expect(heard.onhoverquery).toHaveBeenLastCalledWith(0);
  });

  it('hears the switch of measures', async () => {
    const heard = props();
    render(LogitLensView, heard);
    await fireEvent.click(screen.getByRole('radio', { name: 'entropy' }));
    expect(heard.onmeasure).toHaveBeenCalledWith('entropy');
  });

  it('follows what the last row says here when ranks are asked for and no token is chosen', () => {
    const heard = props({ measure: 'rank' });
    render(LogitLensView, heard);
    expect(heard.ontrack).toHaveBeenCalledWith(4);
  });

  it('follows the token that the prompt really has next, where there is one', async () => {
    const heard = props({ position: 0 });
    render(LogitLensView, heard);
    await fireEvent.click(screen.getByRole('button', { name: /the next token in the prompt$/ }));
    expect(heard.ontrack).toHaveBeenCalledExactlyOnceWith(tokens[1].id);
    cleanup();
    render(LogitLensView, props({ position: tokens.length - 1 }));
    expect(screen.queryByRole('button', { name: /the next token in the prompt$/ })).toBeNull();
  });

  it("tells the followed token's way in words", () => {
    render(
      LogitLensView,
      props({ track: 4, rows: [row([0, 1], [3, 5]), row([2, 3], [3, 2]), row([2, 4], [3, 1])] })
    );
    expect(screen.getByText('⏎: rank 5 at the embedding, 1 after block 1.')).toBeTruthy();
  });

  it('has one tab stop, at the selection, and moves it with the arrow keys', async () => {
    render(LogitLensView, props());
    const stops = () => Array.from(document.querySelectorAll('[data-cell][tabindex="0"]'));
    expect(stops()).toEqual([cell(1, 1)]);
    cell(1, 1).focus();
    await fireEvent.keyDown(cell(1, 1), { key: 'ArrowUp' });
    await vi.waitFor(() => expect(document.activeElement).toBe(cell(2, 1)));
    await fireEvent.keyDown(cell(2, 1), { key: 'ArrowLeft' });
    await vi.waitFor(() => expect(document.activeElement).toBe(cell(2, 0)));
    expect(stops()).toEqual([cell(2, 0)]);
  });

  it('draws rows that are not there yet as waiting', () => {
    render(LogitLensView, props({ rows: [undefined, undefined, row([2, 4])] }));
    expect(cell(0, 0).getAttribute('aria-label')).toContain('being computed');
    expect(cell(0, 0).getAttribute('aria-disabled')).toBe('true');
  });

  it('draws a part of a long prompt only', () => {
    const T = 512;
    const long = {
      ...row([0, 1]),
      topIds: new Int32Array(2 * T),
      topProbabilities: new Float64Array(2 * T),
      topLogits: new Float32Array(2 * T),
      entropy: new Float32Array(T),
      kl: new Float32Array(T)
    };
    const many = Array.from({ length: T }, () => vocabulary.token(0));
    render(LogitLensView, props({ tokens: many, position: 0, rows: [long, long, long] }));
    expect(document.querySelectorAll('[data-cell]').length).toBeLessThan(3 * 64);
    expect(screen.getByRole('grid').getAttribute('aria-colcount')).toBe('513');
  });
});

describe('LogitLensTable', () => {
  it('shows its own list where nobody else does', async () => {
    render(LogitLensTable, props());
    expect(document.querySelector('caption')).toBeNull();
    await fireEvent.mouseEnter(cell(2, 1));
    expect(document.querySelector('caption')?.textContent).toContain('after block 1, at ·Mary');
  });
});
