// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import NextTokenBar from '../../../src/lib/viz/next-token/NextTokenBar.svelte';
import NextTokenView from '../../../src/lib/viz/next-token/NextTokenView.svelte';
import { tokens, vocabulary } from '../shared/lens-fixture';

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
    onadd: vi.fn(),
    onexplain: vi.fn(),
    ...more
  };
}

describe('NextTokenView', () => {
  it('offers its numbers to take away', async () => {
    render(NextTokenView, props());
    await fireEvent.click(screen.getByText('⋯'));
    for (const kind of [/SVG/, /PNG/, /CSV/, /JSON/])
      expect(await screen.findByRole('button', { name: kind })).toBeTruthy();
  });

  it('shows token, probability, logit and rank, best first', () => {
    render(NextTokenView, props());
    const rows = Array.from(document.querySelectorAll('[data-token]'), (row) =>
      Array.from(row.querySelectorAll('[aria-hidden]:not(.track)'), (part) => part.textContent?.trim()).join(
        ' '
      )
    );
    expect(rows).toEqual(['·the 50.0 % 1.4 1', '·and 25.0 % 0.7 2', 'When 12.5 % 0.0 3']);
    expect(screen.getByText('3 of 5 tokens shown · 87.5 % of the probability')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 2 }).textContent?.replace(/\s+/g, ' ')).toContain(
      'What comes next after “·Mary”'
    );
  });

  it('shows the best tokens that are recorded where there are no logits, while nothing is changed', async () => {
    // e^(log 4 - log 4) + e^(log 2 - log 4) + 2 e^(0 - log 4) = 1 + 1/2 + 1/2
    const recorded = { ids: [3, 2, 0], logits: [Math.log(4), Math.log(2), 0], sum: 2, vocab_size: 4 };
    const live = render(NextTokenView, props({ logits: logits.subarray(0, 4) }));
    const says = () => live.container.textContent?.replaceAll(/\s+/g, ' ');
    const computed = says();
    await live.rerender(props({ logits: undefined, recorded }));
    expect(says()).toBe(computed);
    await live.rerender(props({ logits: undefined, recorded, explained: 2 }));
    expect(screen.queryAllByRole('listitem')).toEqual([]);
    const settings = { temperature: 2, top_k: 0, top_p: 1 };
    await live.rerender(props({ logits: undefined, recorded, settings }));
    expect(screen.queryAllByRole('listitem')).toEqual([]);
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
    await fireEvent.input(screen.getByLabelText('top-k'), { target: { value: '20' } });
    expect(heard.onsettings).toHaveBeenLastCalledWith({ temperature: 1, top_k: 1, top_p: 1 });
    await fireEvent.input(screen.getByLabelText('top-p'), { target: { value: '0.1' } });
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

  it('adds a token on a click, and not at an earlier position', async () => {
    const heard = props();
    render(NextTokenView, heard);
    await fireEvent.click(document.querySelector('[data-token="2"]')!);
    expect(heard.onadd).toHaveBeenCalledExactlyOnceWith(2);
    expect(heard.ontrack).not.toHaveBeenCalled();
    cleanup();
    const earlier = props({ position: 0, isLast: false });
    render(NextTokenView, earlier);
    await fireEvent.click(document.querySelector('[data-token="2"]')!);
    expect(earlier.onadd).not.toHaveBeenCalled();
  });

  it('shows logit, exp and sum on the way to the probability of the chosen row, and follows it in the lens', async () => {
    const heard = props({ explained: 2 });
    render(NextTokenView, heard);
    const path = document.querySelector('.path')!;
    // ln 2 − ln 4 = −ln 2; e^−ln 2 = 1/2; 1/4 + 1/4 + 1/2 + 1 + 0 = 2.
    const numbers = [...path.querySelectorAll('dd')].map((part) =>
      part.textContent!.replace(/\s+/g, ' ').trim()
    );
    expect(numbers).toEqual([
      '0.6931',
      '0.6931 − 1.386 = −0.6931',
      '0.500000',
      '2.00000',
      '0.500000 / 2.00000 = 25.0 %'
    ]);
    await fireEvent.click(screen.getByRole('button', { name: 'Follow it in the logit lens' }));
    expect(heard.ontrack).toHaveBeenCalledWith(2);
    await fireEvent.click(screen.getByRole('button', { name: /^How "?.?the/ }));
    expect(heard.onexplain).toHaveBeenCalledWith(3);
  });

  it('divides by the temperature, and sums only what is kept', () => {
    render(NextTokenView, props({ explained: 3, settings: { temperature: 2, top_k: 2, top_p: 1 } }));
    const numbers = [...document.querySelectorAll('.path dd')].map((part) =>
      part.textContent!.replace(/\s+/g, ' ').trim()
    );
    // √4 : √2 of the two that are kept: 1 / (1 + 1/√2).
    expect(numbers[0]).toBe('1.386 / 2 = 0.6931');
    expect(numbers[3]).toBe('1.70711');
    expect(numbers[4]).toBe('1.00000 / 1.70711 = 58.6 %');
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
