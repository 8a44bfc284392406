// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import NextTokenBar from '../../../src/lib/viz/next-token/NextTokenBar.svelte';
import NextTokenView from '../../../src/lib/viz/next-token/NextTokenView.svelte';
import { tokens, vocabulary } from '../logit-lens/fixture';

afterEach(cleanup);

/** Probabilities 1/8, 1/8, 1/4, 1/2 and 0 for When, ·Mary, ·and, ·the and ⏎. */
const logits = Float32Array.of(0, 0, Math.log(2), Math.log(4), -Infinity);

function props(more: Record<string, unknown> = {}) {
  return {
    theme: 'light' as const,
    tokens,
    position: 1,
    isLast: true,
    logits,
    settings: { temperature: 1, top_k: 0, top_p: 1 },
    seed: 42,
    vocabulary,
    count: 3,
    busy: false,
    canTake: true,
    onsettings: vi.fn(),
    onseed: vi.fn(),
    onbest: vi.fn(),
    ondraw: vi.fn(),
    onposition: vi.fn(),
    ontrack: vi.fn(),
    ...more
  };
}

describe('NextTokenView', () => {
  it('shows token, probability, logit and rank, best first', () => {
    render(NextTokenView, props());
    const rows = Array.from(document.querySelectorAll('[data-token]'), (row) =>
      Array.from(row.querySelectorAll('[aria-hidden]:not(.track)'), (part) => part.textContent?.trim()).join(
        ' '
      )
    );
    expect(rows).toEqual(['·the 50.0 % 1.4 1', '·and 25.0 % 0.7 2', 'When 12.5 % 0.0 3']);
    expect(screen.getByText('3 of 5 tokens shown · 87.5 % of the probability')).toBeTruthy();
    expect(screen.getByRole('heading').textContent?.replace(/\s+/g, ' ')).toContain(
      'What comes next after “·Mary”'
    );
  });

  it('redraws over the whole vocabulary and states the mass that is cut', () => {
    render(NextTokenView, props({ settings: { temperature: 1, top_k: 1, top_p: 1 } }));
    expect(
      screen.getByText(
        'top-k 1 keeps 1 of 5 tokens; 50.0 % of the probability was cut, the rest is renormalised to 100 %.'
      )
    ).toBeTruthy();
    expect(document.querySelector('[data-token="3"]')?.textContent).toContain('100 %');
    expect(document.querySelector('[data-token="2"]')?.textContent).toContain('cut');
  });

  it('hears each slider', async () => {
    const heard = props();
    render(NextTokenView, heard);
    await fireEvent.input(screen.getByLabelText('temperature'), { target: { value: '0.5' } });
    expect(heard.onsettings).toHaveBeenLastCalledWith({ temperature: 0.5, top_k: 0, top_p: 1 });
    await fireEvent.input(screen.getByLabelText('top-k'), { target: { value: '0' } });
    expect(heard.onsettings).toHaveBeenLastCalledWith({ temperature: 1, top_k: 1, top_p: 1 });
    await fireEvent.input(screen.getByLabelText('top-p'), { target: { value: '0.9' } });
    expect(heard.onsettings).toHaveBeenLastCalledWith({ temperature: 1, top_k: 0, top_p: 0.9 });
  });

  it('offers the way back to the model only after a change', async () => {
    const heard = props({ settings: { temperature: 0.5, top_k: 0, top_p: 1 } });
    render(NextTokenView, heard);
    await fireEvent.click(screen.getByRole('button', { name: /Reset/ }));
    expect(heard.onsettings).toHaveBeenCalledWith({ temperature: 1, top_k: 0, top_p: 1 });
    cleanup();
    render(NextTokenView, props());
    expect(screen.queryByRole('button', { name: /Reset/ })).toBeNull();
  });

  it('takes the best, draws, and says what a draw depends on', async () => {
    const heard = props();
    render(NextTokenView, heard);
    await fireEvent.click(screen.getByRole('button', { name: 'Take the best' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Draw' }));
    expect(heard.onbest).toHaveBeenCalledOnce();
    expect(heard.ondraw).toHaveBeenCalledOnce();
    expect(screen.getByText(/seed 42 and the prompt's length \(2 tokens\)/)).toBeTruthy();
  });

  it('adds no token to a prompt that is not the one in the box', () => {
    render(NextTokenView, props({ canTake: false }));
    for (const name of ['Take the best', 'Draw']) {
      expect(screen.getByRole<HTMLButtonElement>('button', { name }).disabled).toBe(true);
    }
  });

  it('takes a seed that is a whole number, and says so of any other', async () => {
    const heard = props();
    render(NextTokenView, heard);
    const seed = screen.getByLabelText('seed');
    await fireEvent.input(seed, { target: { value: '7' } });
    expect(heard.onseed).toHaveBeenCalledExactlyOnceWith(7);
    await fireEvent.input(seed, { target: { value: 'seven' } });
    expect(heard.onseed).toHaveBeenCalledOnce();
    expect(screen.getByText(/A seed is a whole number/)).toBeTruthy();
  });

  it('says what really followed at an earlier position, and leads to the last one', async () => {
    const heard = props({ position: 0, isLast: false });
    render(NextTokenView, heard);
    expect(screen.getByText('In the prompt ·Mary follows: rank 4, 12.5 %.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Draw' })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: /Go to the last position/ }));
    expect(heard.onposition).toHaveBeenCalledWith(1);
  });

  it('follows a token in the lens on a click', async () => {
    const heard = props();
    render(NextTokenView, heard);
    await fireEvent.click(document.querySelector('[data-token="2"]')!);
    expect(heard.ontrack).toHaveBeenCalledWith(2);
  });

  it('waits for logits with the buttons off, and says why there are no bars', () => {
    render(NextTokenView, props({ logits: undefined }));
    expect(screen.getByText('Being computed.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Take the best' }).disabled).toBe(true);
    cleanup();
    render(NextTokenView, props({ logits: Float32Array.of(NaN, 0, 0, 0, 0) }));
    expect(screen.getByText(/NaN/)).toBeTruthy();
  });
});

describe('NextTokenBar', () => {
  const top = [0, 1, 2, 3].map((id) => ({ token: vocabulary.token(id), probability: 0.25 }));

  it('shows the best three and takes a token', async () => {
    const heard = { onbest: vi.fn(), ondraw: vi.fn(), onopen: vi.fn() };
    render(NextTokenBar, { top, ...heard });
    expect(screen.getAllByText('25.0 %')).toHaveLength(3);
    await fireEvent.click(screen.getByRole('button', { name: 'Best' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Draw' }));
    await fireEvent.click(screen.getByRole('button', { name: /Show what comes next/ }));
    for (const call of Object.values(heard)) expect(call).toHaveBeenCalledOnce();
  });

  it('takes nothing while there is nothing', () => {
    render(NextTokenBar, { top: [], onbest: vi.fn(), ondraw: vi.fn(), onopen: vi.fn() });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Best' }).disabled).toBe(true);
  });
});
