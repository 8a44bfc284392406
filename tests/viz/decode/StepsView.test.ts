// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, processScores } from '../../../src/lib/gpt2';
import StepsView from '../../../src/lib/viz/decode/steps/StepsView.svelte';
import { fillJsdomGaps } from '../shared/jsdom-gaps';
import { tokens, vocabulary } from '../shared/lens-fixture';

fillJsdomGaps();
afterEach(cleanup);

/** Probabilities 1/8, 1/8, 1/4, 1/2 and 0 for When, ·Mary, ·and, ·the and ⏎. */
const logits = Float32Array.of(0, 0, Math.log(2), Math.log(4), -Infinity);
const drawn = { ...DEFAULT_SETTINGS, do_sample: true };
const text = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();

function props(more: Record<string, unknown> = {}, settings = drawn, draw: number | null = 0.3, chosen = 2) {
  return {
    prompt: tokens,
    generated: [vocabulary.token(3), vocabulary.token(2)],
    leftOut: 0,
    streaming: [],
    shown: 2,
    decoded: { at: { processed: processScores(logits, [0, 1, 3, 2], settings), draw, chosen } },
    settings,
    seed: 42,
    scale: 'linear' as const,
    vocabulary,
    busy: false,
    running: false,
    ended: null,
    count: 20,
    mostCount: 100,
    tokens: 0,
    milliseconds: 0,
    problem: null,
    onshown: vi.fn(),
    onsettings: vi.fn(),
    onreset: vi.fn(),
    onseed: vi.fn(),
    onscale: vi.fn(),
    oncount: vi.fn(),
    onstep: vi.fn(),
    onrun: vi.fn(),
    oncancel: vi.fn(),
    onundo: vi.fn(),
    onrestart: vi.fn(),
    onopen: vi.fn(),
    ...more
  };
}

describe('StepsView', () => {
  it('shows every token before and after, what each processor removed, and why this one', () => {
    render(StepsView, props({}, { ...drawn, top_k: 2 }, 0.3, 2));
    expect(text(document.querySelector('[data-token="3"]'))).toBe('1 " the"·the 50.0 % 66.7 %');
    expect(text(document.querySelector('[data-token="2"]'))).toBe('2 " and"·and 25.0 % 33.3 % ← chosen');
    expect(text(document.querySelector('[data-token="0"]'))).toBe('3 "When"When 12.5 % removed');
    expect(text(document.querySelector('[data-processor="top_k"] p'))).toBe(
      'removed 2 tokens with 25.0 % · 2 left'
    );
    expect(text(screen.getByTestId('why'))).toBe(
      'The draw 0.3000 falls on ·and, which lies from 0.0000 to 0.3333. It is number 4 of seed 42’s sequence, because 4 tokens come before it: the same seed and text always give it.'
    );
    expect(
      screen.getByText('2 of 5 tokens left; their probabilities are renormalised to 100 %.')
    ).toBeTruthy();
  });

  it('says how many tokens of a link have no room', async () => {
    const { rerender } = render(StepsView, props());
    expect(screen.queryByText(/left out/)).toBeNull();
    await rerender(props({ leftOut: 3 }));
    expect(screen.getByText(/^The link has 3 tokens more than this model can read/)).toBeTruthy();
  });

  it('says that nothing is drawn where the best is taken', () => {
    render(StepsView, props({}, DEFAULT_SETTINGS, null, 3));
    expect(text(screen.getByTestId('why'))).toBe('Nothing is drawn: ·the has the highest score, 50.0 %.');
    expect(screen.queryByText(/stand end to end/)).toBeNull();
    expect(screen.queryByLabelText('seed')).toBeNull();
  });

  it('says where the text has another token than these settings would choose', () => {
    render(StepsView, props({ shown: 0 }));
    expect(text(screen.getByTestId('why'))).toContain(
      'The text has ·the here, taken with other settings; these would choose ·and.'
    );
    expect(text(document.querySelector('[data-token="3"]'))).toContain('← in the text');
  });

  it('lets a token be chosen by a click or by arrow keys, with one tab stop', async () => {
    const heard = props();
    render(StepsView, heard);
    const row = screen.getByRole('toolbar', { name: /^Added tokens/ });
    const buttons = within(row).getAllByRole('button');
    expect(buttons.map((button) => button.tabIndex)).toEqual([-1, -1, 0]);
    await fireEvent.click(buttons[0]);
    expect(heard.onshown).toHaveBeenLastCalledWith(0);
    await fireEvent.keyDown(buttons[2], { key: 'ArrowLeft' });
    expect(heard.onshown).toHaveBeenLastCalledWith(1);
    await fireEvent.click(buttons[2]);
    expect(heard.onshown).toHaveBeenLastCalledWith(null);
  });

  it('hears every button and slider', async () => {
    const heard = props({ shown: 1 }, { ...drawn, temperature: 0.5 });
    render(StepsView, heard);
    for (const name of ['Step', 'Run 20', 'Undo', 'Go back to here', 'Open as prompt', 'Switch all off']) {
      await fireEvent.click(screen.getByRole('button', { name }));
    }
    for (const call of ['onstep', 'onrun', 'onundo', 'onrestart', 'onopen', 'onreset'] as const) {
      expect(heard[call], call).toHaveBeenCalledOnce();
    }
    await fireEvent.input(screen.getByRole('slider', { name: 'top-k' }), { target: { value: '16' } });
    expect(heard.onsettings).toHaveBeenLastCalledWith({ top_k: 5 });
    await fireEvent.click(screen.getByRole('radio', { name: 'take the best' }));
    expect(heard.onsettings).toHaveBeenLastCalledWith({ do_sample: false });
    await fireEvent.click(screen.getByRole('radio', { name: 'log' }));
    expect(heard.onscale).toHaveBeenLastCalledWith('log');
    await fireEvent.input(screen.getByLabelText('seed'), { target: { value: '7' } });
    expect(heard.onseed).toHaveBeenLastCalledWith(7);
    await fireEvent.change(screen.getByLabelText('tokens'), { target: { value: '500' } });
    expect(heard.oncount).toHaveBeenLastCalledWith(100);
  });

  it('takes no seed that is none, and says what one is', async () => {
    const heard = props();
    render(StepsView, heard);
    await fireEvent.input(screen.getByLabelText('seed'), { target: { value: '-1' } });
    expect(heard.onseed).not.toHaveBeenCalled();
    expect(screen.getByText(/a whole number from 0 to/)).toBeTruthy();
  });

  it('shows tokens as they come, how fast, and lets the run be cancelled', async () => {
    const heard = props({
      running: true,
      busy: true,
      streaming: [vocabulary.token(1)],
      tokens: 4,
      milliseconds: 200
    });
    render(StepsView, heard);
    expect(screen.getByText('20.0 tokens/s (4 in 0.20 s)')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Step' }).disabled).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(heard.oncancel).toHaveBeenCalledOnce();
  });

  it('says why nothing can be added', () => {
    render(StepsView, props({ ended: 'eos' }));
    expect(screen.getByText(/has ended its text with <\|endoftext\|>/)).toBeTruthy();
    cleanup();
    render(StepsView, props({ ended: 'full', generated: [vocabulary.token(1)] }));
    expect(screen.getByText(/context is full. Undo/)).toBeTruthy();
    cleanup();
    render(StepsView, props({ ended: 'full', generated: [] }));
    expect(screen.getByText(/Shorten the prompt to continue/)).toBeTruthy(); // there is nothing to undo
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Step' }).disabled).toBe(true);
    cleanup();
    render(StepsView, props({ decoded: { problem: 'processScores: it removed every token there was.' } }));
    expect(screen.getByRole('alert').textContent).toContain('removed every token');
    cleanup();
    render(StepsView, props({ decoded: undefined }));
    expect(screen.getByText('Being computed.')).toBeTruthy();
  });

  it('shows a close-up where the chosen token is too narrow to be seen', () => {
    render(StepsView, props({}, { ...drawn, temperature: 0.2 }, 0.0005, 0)); // 1/8 to the fifth power, renormalised
    expect(screen.getByRole('img', { name: 'The same bar close to the pointer.' })).toBeTruthy();
  });
});
