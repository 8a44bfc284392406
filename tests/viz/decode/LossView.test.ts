// @vitest-environment jsdom
import { rgb } from 'd3';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import LossView from '../../../src/lib/viz/decode/loss/LossView.svelte';
import { lossScale } from '../../../src/lib/viz/decode/loss/measures';
import { vocabulary } from '../shared/lens-fixture';
import { loss, longLoss, tokens } from './loss-fixture';

afterEach(cleanup);

function props(more: Record<string, unknown> = {}) {
  return {
    theme: 'light' as const,
    tokens,
    loss,
    measure: 'surprise' as const,
    position: 1,
    vocabulary,
    onmeasure: vi.fn(),
    onposition: vi.fn(),
    ...more
  };
}

const button = (position: number) =>
  document.querySelector<HTMLElement>(`button[data-position="${position}"]`)!;
const expected = () =>
  within(screen.getByTestId('expected'))
    .getAllByRole('listitem')
    .map((row) => row.textContent?.replace(/\s+/g, ' ').trim());

describe('LossView', () => {
  it('gives the mean in nats and bits, and the perplexity', () => {
    render(LossView, props());
    expect(screen.getByTestId('mean-loss').textContent).toBe('1.386 nats');
    expect(screen.getByText('bits per token').parentElement?.textContent).toBe('2.000 bits per token');
    expect(screen.getByTestId('perplexity').textContent).toBe('4.000');
  });

  it('colours by what the legend says: darker where a token surprised', () => {
    render(LossView, props());
    const shades = [1, 2].map((position) => button(position).style.backgroundColor);
    expect(shades).toEqual(
      [1, 3].map((bits) => rgb(lossScale('light', loss, 'surprise', 5).color(bits)).toString())
    );
    expect(shades[0]).not.toBe(shades[1]);
    expect(screen.getByRole('group', { name: 'Colour scale: surprise, bits: −log₂ p' })).toBeTruthy();
    expect(document.querySelector('button[data-position="0"]')).toBeNull(); // the first has no loss
  });

  it('shows what was expected where it is pointed at, then at the selected position again', async () => {
    render(LossView, props());
    expect(expected()).toEqual(['·Mary 50.0 %', '·the 25.0 %']);
    await fireEvent.pointerEnter(button(2));
    expect(expected()).toEqual(['·the 75.0 %', '·and 12.5 %']);
    expect(screen.getByRole('region', { name: 'What was expected at position 2' })).toBeTruthy();
    await fireEvent.pointerLeave(button(2));
    expect(expected()[0]).toBe('·Mary 50.0 %');
  });

  it('is walked by arrow keys with one tab stop, and hears clicks', async () => {
    const heard = props();
    render(LossView, heard);
    expect([button(1).tabIndex, button(2).tabIndex]).toEqual([0, -1]);
    await fireEvent.keyDown(button(1), { key: 'ArrowRight' });
    expect(heard.onposition).toHaveBeenLastCalledWith(2);
    await fireEvent.click(button(2));
    expect(heard.onposition).toHaveBeenCalledTimes(2);
    await fireEvent.click(screen.getByRole('radio', { name: 'rank' }));
    expect(heard.onmeasure).toHaveBeenLastCalledWith('rank');
  });

  it('goes round at the ends of a short text and of a long one', async () => {
    const T = 200;
    const many = Array.from({ length: T }, () => vocabulary.token(1));
    for (const [more, last] of [
      [{}, 2],
      [{ tokens: many, loss: longLoss(T) }, T - 1]
    ] as const) {
      const heard = props(more);
      const { container } = render(LossView, heard);
      const first = container.querySelector('button[data-position="1"]')!;
      await fireEvent.keyDown(first, { key: 'ArrowLeft' });
      expect(heard.onposition).toHaveBeenLastCalledWith(last);
      cleanup();
    }
  });

  it('draws a part of a long text only, and its table states the count of all', async () => {
    const T = 1024;
    const many = Array.from({ length: T }, () => vocabulary.token(1));
    render(LossView, props({ tokens: many, loss: longLoss(T), position: 0 }));
    const drawn = document.querySelectorAll('button[data-position]');
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.length).toBeLessThan(200);
    expect([...drawn].filter((token) => (token as HTMLElement).tabIndex === 0)).toHaveLength(1);
    const table = screen.getByText('1,023 rows').closest('table')!;
    expect(table.getAttribute('aria-rowcount')).toBe('1024'); // and the head
  });

  it('waits, or says that one token has no loss', () => {
    render(LossView, props({ loss: undefined }));
    expect(screen.getByRole('status').textContent).toContain('Being computed.');
    cleanup();
    render(LossView, props({ loss: undefined, tokens: tokens.slice(0, 1) }));
    expect(screen.getByRole('status').textContent).toContain('Write at least two tokens');
  });
});
