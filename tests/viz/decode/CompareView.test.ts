// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/lib/gpt2';
import CompareView from '../../../src/lib/viz/decode/compare/CompareView.svelte';
import { tokens, vocabulary } from '../shared/lens-fixture';

afterEach(cleanup);

const best = { ...DEFAULT_SETTINGS, num_beams: 1, seed: 42 };
const drawn = { ...best, do_sample: true, temperature: 0.7 };
const output = (...ids: number[]) => ({
  status: 'done' as const,
  tokens: ids.map((id) => vocabulary.token(id)),
  milliseconds: 100,
  problem: null as string | null,
  sequence: { logProbability: -1.5, stopped: 'length' as const }
});

function props(more: Record<string, unknown> = {}) {
  return {
    prompt: tokens,
    columns: [best, drawn],
    outputs: [output(2, 3), output(2, 0)],
    mostColumns: 4,
    mostBeams: 6,
    count: 2,
    mostCount: 10,
    running: false,
    oncolumns: vi.fn(),
    oncount: vi.fn(),
    oncancel: vi.fn(),
    onrestart: vi.fn(),
    onopen: vi.fn(),
    ...more
  };
}

describe('CompareView', () => {
  it('shows each text under the words of its settings, and where it leaves the first', () => {
    render(CompareView, props());
    const names = screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent);
    expect(names).toEqual(['1 best', '2 drawn, temperature 0.7']);
    const texts = screen.getAllByTestId('column-output');
    expect(texts.map((one) => one.textContent?.trim())).toEqual(['·and·the', '·andWhen']);
    expect([...texts[1].querySelectorAll('.differs')].map((one) => one.textContent)).toEqual(['When']);
    expect(texts[0].querySelectorAll('.differs')).toHaveLength(0);
    expect(screen.getAllByText('20.0 tokens/s (2 in 0.10 s)')).toHaveLength(2);
  });

  it('adds a column like the last with the next seed, and takes one away', async () => {
    const heard = props();
    render(CompareView, heard);
    await fireEvent.click(screen.getByRole('button', { name: 'Add a column' }));
    expect(heard.oncolumns).toHaveBeenLastCalledWith([best, drawn, { ...drawn, seed: 43 }]);
    await fireEvent.click(screen.getByRole('button', { name: 'Remove column 1' }));
    expect(heard.oncolumns).toHaveBeenLastCalledWith([drawn]);
  });

  it('takes no fifth column, and keeps the last', () => {
    render(
      CompareView,
      props({ columns: [best, best, best, best], outputs: [1, 2, 3, 3].map((id) => output(id)) })
    );
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add a column' }).disabled).toBe(true);
    cleanup();
    render(CompareView, props({ columns: [best] }));
    expect(screen.queryByRole('button', { name: /^Remove/ })).toBeNull();
  });

  it('changes one column alone', async () => {
    const heard = props();
    render(CompareView, heard);
    const [beams] = screen.getAllByRole('slider', { name: 'beams', hidden: true });
    await fireEvent.input(beams, { target: { value: '4' } });
    expect(heard.oncolumns).toHaveBeenLastCalledWith([{ ...best, num_beams: 4 }, drawn]);
  });

  it('opens a column’s text, cancels and runs again', async () => {
    const heard = props();
    render(CompareView, heard);
    await fireEvent.click(screen.getAllByRole('button', { name: 'Open as prompt' })[1]);
    expect(heard.onopen).toHaveBeenLastCalledWith([vocabulary.token(2), vocabulary.token(0)]);
    await fireEvent.click(screen.getByRole('button', { name: 'Run all again' }));
    expect(heard.onrestart).toHaveBeenCalledOnce();
    cleanup();
    const running = props({ running: true });
    render(CompareView, running);
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(running.oncancel).toHaveBeenCalledOnce();
  });

  it('says once that a prompt leaves no room', () => {
    render(CompareView, props({ count: 0, mostCount: 0 }));
    expect(screen.getAllByText(/there is no room for a new one/)).toHaveLength(1);
    expect(screen.queryAllByTestId('column-output')).toEqual([]);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run all again' }).disabled).toBe(true);
  });

  it('says in its column what failed', () => {
    const failed = { ...output(), status: 'failed', problem: 'generate: no.', sequence: null };
    render(CompareView, props({ columns: [best], outputs: [failed] }));
    expect(screen.getByRole('alert').textContent).toBe('generate: no.');
  });
});
