// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import BeamView from '../../../src/lib/viz/decode/beams/BeamView.svelte';
import { vocabulary } from '../shared/lens-fixture';
import { renderHolding } from '../shared/render-holding';
import { sequences, steps } from './beam-steps';

afterEach(cleanup);

function props(more: Record<string, unknown> = {}) {
  return {
    promptLength: 1,
    steps,
    sequences,
    step: null,
    node: null,
    repetition_penalty: 1.2,
    no_repeat_ngram_size: 0,
    num_beams: 2,
    mostBeams: 6,
    length_penalty: 1,
    early_stopping: 'false' as const,
    max_new_tokens: 2,
    mostTokens: 10,
    status: 'done' as const,
    milliseconds: 120,
    problem: null,
    vocabulary,
    onstep: vi.fn(),
    onnode: vi.fn(),
    onbeams: vi.fn(),
    onpenalty: vi.fn(),
    onearly: vi.fn(),
    ontokens: vi.fn(),
    oncancel: vi.fn(),
    onsearch: vi.fn(),
    onopen: vi.fn(),
    ...more
  };
}

const node = (id: number) => document.querySelector<HTMLElement>(`[data-node="${id}"]`)!;

describe('BeamView', () => {
  it('marks the winner, fades what was pruned, and lists what is returned', () => {
    render(BeamView, props());
    expect(screen.getByRole('heading', { level: 2 }).textContent).toContain(
      '2 beams, repetition penalty 1.2'
    );
    expect(node(2).className).toContain('best');
    expect(node(6).className).toContain('best');
    expect(node(1).className).toContain('pruned'); // kept at its step, pruned later
    expect(node(5).className).toContain('pruned');
    expect(node(7).className).toContain('alive');
    const rows = within(screen.getByRole('region', { name: /^What the search returns/ })).getAllByRole('row');
    expect(rows.slice(1).map((row) => [...row.children].map((cell) => cell.textContent?.trim()))).toEqual([
      ['·MaryWhen', '−2.000', '−1.000', 'winner'],
      ['·Mary·the', '−2.500', '−1.250', 'returned']
    ]);
    expect(screen.getByText('2 steps of 2 beams in 0.12 s.')).toBeTruthy();
  });

  it('says of every node what it is', () => {
    render(BeamView, props());
    expect(node(6).textContent).toContain(
      'step 2: "When", probability 50.0 %, cumulative log-probability −2.000, of the winner'
    );
    expect(node(1).textContent).toContain('kept, pruned later');
    expect(node(5).textContent).toContain('pruned');
  });

  it('steps through the search', async () => {
    const heard = props({ step: 0 });
    render(BeamView, heard);
    expect(document.querySelectorAll('[data-node]')).toHaveLength(3);
    expect(node(1).className).toContain('best'); // the best so far
    await fireEvent.click(screen.getByRole('button', { name: 'Forward' }));
    expect(heard.onstep).toHaveBeenLastCalledWith(null); // the last one
    cleanup();
    const last = props();
    render(BeamView, last);
    await fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(last.onstep).toHaveBeenLastCalledWith(0);
  });

  it('follows the branches by arrow keys, with one tab stop', async () => {
    renderHolding(BeamView, props(), { onnode: 'node' });
    const stops = [...document.querySelectorAll<HTMLElement>('[data-node]')].filter(
      (one) => one.tabIndex === 0
    );
    expect(stops.map((one) => one.dataset.node)).toEqual(['1']);
    await fireEvent.keyDown(node(1), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(node(2));
    await fireEvent.keyDown(node(2), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(node(6));
    await fireEvent.keyDown(node(6), { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(node(2));
    expect(node(2).getAttribute('aria-pressed')).toBe('true');
  });

  it('opens the winner, or the sequence that was chosen', async () => {
    const heard = props();
    renderHolding(BeamView, heard, { onnode: 'node' });
    await fireEvent.click(screen.getByRole('button', { name: 'Open the best as prompt' }));
    expect(heard.onopen).toHaveBeenLastCalledWith([1, 0]);
    await fireEvent.click(node(7));
    await fireEvent.click(screen.getByRole('button', { name: 'Open the chosen as prompt' }));
    expect(heard.onopen).toHaveBeenLastCalledWith([1, 3]);
  });

  it('hears every setting', async () => {
    const heard = props();
    render(BeamView, heard);
    await fireEvent.click(screen.getByRole('radio', { name: '5' }));
    expect(heard.onbeams).toHaveBeenLastCalledWith(5);
    await fireEvent.click(screen.getByRole('radio', { name: 'never' }));
    expect(heard.onearly).toHaveBeenLastCalledWith('never');
    await fireEvent.input(screen.getByRole('slider', { name: 'length penalty' }), {
      target: { value: '0.5' }
    });
    expect(heard.onpenalty).toHaveBeenLastCalledWith(0.5);
    await fireEvent.click(screen.getByRole('button', { name: 'Search again' }));
    expect(heard.onsearch).toHaveBeenCalledOnce();
  });

  it('can be cancelled while it searches, and shows what there is', async () => {
    const heard = props({ status: 'running', sequences: null, steps: steps.slice(0, 1) });
    render(BeamView, heard);
    expect(screen.getByText('Searching: 1 step so far.')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(heard.oncancel).toHaveBeenCalledOnce();
  });

  it('says that a prompt leaves no room, and searches no more', () => {
    const none = { steps: [], sequences: null, status: 'idle', max_new_tokens: 0, mostTokens: 0 };
    render(BeamView, props({ ...none, promptLength: 512 }));
    expect(screen.getByText(/no room/).textContent).toBe(
      'The prompt has 512 tokens, all that this model reads at once: there is no room for a new one. Shorten the prompt to continue.'
    );
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Search again' }).disabled).toBe(true);
    const count = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'tokens' });
    expect([count.value, count.disabled]).toEqual(['0', true]);
  });

  it('says why there is none', () => {
    render(BeamView, props({ steps: [], sequences: null, status: 'failed', problem: 'generate: no.' }));
    expect(screen.getByRole('alert').textContent).toBe('generate: no.');
  });
});
