// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import PromptFit from '../../../src/lib/viz/prompt/PromptFit.svelte';

afterEach(cleanup);

const props = (more: Record<string, unknown>) => ({
  asked: null,
  cut: null,
  model: 'gpt2',
  hasRun: true,
  onkeep: vi.fn(),
  onleave: vi.fn(),
  onundo: vi.fn(),
  ...more
});
const button = (name: string) => screen.getByRole('button', { name });

describe('PromptFit', () => {
  it('says both numbers and what stays, and offers both ends', async () => {
    const heard = props({ asked: { tokens: 1310, limit: 1024, model: null } });
    render(PromptFit, heard);
    expect(screen.getByRole('status').textContent).toContain(
      'This prompt has 1,310 tokens; this model reads 1,024.'
    );
    expect(screen.getByRole('status').textContent).toContain('the pictures show the last prompt that fitted');
    await fireEvent.click(button('Keep the last 1,024'));
    await fireEvent.click(button('Keep the first 1,024'));
    expect(heard.onkeep.mock.calls).toEqual([['last'], ['first']]);
    expect(screen.queryByRole('button', { name: /^Stay/ })).toBeNull();
  });

  it('asks before another model, with the way to stay', async () => {
    const heard = props({ asked: { tokens: 700, limit: 512, model: 'gpt2-nano' } });
    render(PromptFit, heard);
    expect(screen.getByRole('status').textContent).toContain('700 tokens; gpt2-nano reads 512.');
    await fireEvent.click(button('Stay with gpt2'));
    expect(heard.onleave).toHaveBeenCalledOnce();
  });

  it('says what was left out, and undoes it', async () => {
    const heard = props({ cut: { tokens: 1310, kept: 1024, end: 'last' } });
    render(PromptFit, heard);
    expect(screen.getByText('The first 286 of 1,310 tokens were left out.')).toBeTruthy();
    await fireEvent.click(button('Undo'));
    expect(heard.onundo).toHaveBeenCalledOnce();
  });

  it('is not there as a rule', () => {
    const { container } = render(PromptFit, props({}));
    expect(container.querySelector('.fit')).toBeNull();
  });
});
