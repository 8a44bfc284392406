// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Token } from '$lib/gpt2';
import PromptEditor from '../../../src/lib/viz/prompt/PromptEditor.svelte';

afterEach(cleanup);

function token(id: number, bytes: number[], text: string): Token {
  return { id, text, bytes: Uint8Array.from(bytes), start: 0, end: 0, special: false };
}

/** "Hi", then the first half of a fox, a newline. Ids are made up. */
const tokens = [
  token(17250, [0x48, 0x69], 'Hi'),
  token(12520, [0x20, 0xf0, 0x9f], ' �'),
  token(198, [0x0a], '\n')
];

function props(more: Record<string, unknown> = {}) {
  return {
    text: 'Hi',
    tokens,
    position: 1,
    preview: null,
    n_ctx: 512,
    bos: false,
    examples: [{ label: 'days', text: 'Monday, Tuesday,' }],
    status: 'idle' as const,
    message: null as string | null,
    over: 0,
    onprompt: vi.fn(),
    onexample: vi.fn(),
    onposition: vi.fn(),
    onbos: vi.fn(),
    onhover: vi.fn(),
    ...more
  };
}

const chip = (position: number): HTMLElement =>
  document.querySelector<HTMLElement>(`[data-position="${position}"]`)!;

/** What is seen on a chip, without the words that are only read aloud. */
function shown(position: number): string {
  const seen = chip(position).cloneNode(true) as HTMLElement;
  for (const hidden of seen.querySelectorAll('.visually-hidden')) hidden.remove();
  return seen.textContent?.replace(/\s/g, '') ?? '';
}

describe('PromptEditor', () => {
  it('hears every letter typed', async () => {
    const heard = props();
    render(PromptEditor, heard);
    await fireEvent.input(screen.getByLabelText('Prompt', { selector: 'textarea' }), {
      target: { value: 'Hi there' }
    });
    expect(heard.onprompt).toHaveBeenCalledExactlyOnceWith('Hi there');
  });

  it('shows spaces, newlines and bytes of split characters, with the id under each token', () => {
    render(PromptEditor, props());
    expect(shown(0)).toBe('Hi17250');
    expect(shown(1)).toBe('·<F0><9F>12520');
    expect(shown(2)).toBe('⏎198');
  });

  it('tells id, position and bytes on hover and on focus', async () => {
    const heard = props();
    render(PromptEditor, heard);
    await fireEvent.pointerEnter(chip(1));
    expect(screen.getByRole('tooltip').textContent).toContain(
      '·<F0><9F>, id 12520, position 1, bytes 20 f0 9f'
    );
    expect(heard.onhover).toHaveBeenLastCalledWith(1);
    await fireEvent.pointerLeave(chip(1));
    expect(screen.queryByRole('tooltip')).toBeNull();
    expect(heard.onhover).toHaveBeenLastCalledWith(null);
    await fireEvent.focus(chip(2));
    expect(screen.getByRole('tooltip').textContent).toContain('bytes 0a');
  });

  it('has one tab stop among the chips and moves the position with the arrow keys', async () => {
    const heard = props();
    render(PromptEditor, heard);
    expect([0, 1, 2].map((at) => chip(at).tabIndex)).toEqual([-1, 0, -1]);
    await fireEvent.keyDown(chip(1), { key: 'ArrowRight' });
    expect(heard.onposition).toHaveBeenLastCalledWith(2);
    expect(document.activeElement).toBe(chip(2));
    await fireEvent.keyDown(chip(1), { key: 'Home' });
    expect(heard.onposition).toHaveBeenLastCalledWith(0);
    await fireEvent.click(chip(2));
    expect(heard.onposition).toHaveBeenLastCalledWith(2);
  });

  it('counts the tokens, and says what to do when there are too many without touching the text', () => {
    render(PromptEditor, props());
    expect(screen.getByText('3 of 512 tokens')).toBeTruthy();
    cleanup();
    render(PromptEditor, props({ over: 18, text: 'a long text' }));
    expect(screen.getByText('530 of 512 tokens: shorten by 18 tokens')).toBeTruthy();
    const box = screen.getByLabelText<HTMLTextAreaElement>('Prompt', { selector: 'textarea' });
    expect(box.value).toBe('a long text');
    expect(box.getAttribute('aria-invalid')).toBe('true');
  });

  it('opens an example as another prompt, not as an edit', async () => {
    const heard = props();
    render(PromptEditor, heard);
    await fireEvent.click(screen.getByRole('button', { name: 'days' }));
    expect(heard.onexample).toHaveBeenCalledExactlyOnceWith('Monday, Tuesday,');
    expect(heard.onprompt).not.toHaveBeenCalled();
  });

  it('switches <|endoftext|> and says that positions shift', async () => {
    const heard = props();
    render(PromptEditor, heard);
    await fireEvent.click(screen.getByRole('checkbox', { name: /<\|endoftext\|> in front/ }));
    expect(heard.onbos).toHaveBeenCalledWith(true);
    expect(screen.getByText(/positions by one/)).toBeTruthy();
  });

  it('reads an error aloud', () => {
    render(PromptEditor, props({ status: 'error', message: 'The run failed. Try again.' }));
    expect(screen.getByRole('alert').textContent).toBe('The run failed. Try again.');
  });

  it('stands an empty prompt', () => {
    render(PromptEditor, props({ text: '', tokens: [], position: 0 }));
    expect(screen.getByText('0 of 512 tokens')).toBeTruthy();
  });
});

describe('PromptEditor: what is easily overlooked', () => {
  it('says that a prompt ends with a space, and takes it away', async () => {
    const heard = props({ text: 'Hi there ' });
    render(PromptEditor, heard);
    expect(screen.getByText(/The prompt ends with a space/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Remove the space' }));
    expect(heard.onprompt).toHaveBeenCalledExactlyOnceWith('Hi there');
    cleanup();
    render(PromptEditor, props({ text: 'Hi there' }));
    expect(screen.queryByText(/ends with a space/)).toBeNull();
  });

  it('shows the tokens of one character as its parts', () => {
    const pieces = [token(12520, [0x20, 0xf0, 0x9f], ' �'), token(99, [0xa6, 0x8a], '�')];
    render(PromptEditor, props({ tokens: pieces }));
    const chips = [...document.querySelectorAll('.chip.piece small')].map((part) => part.textContent);
    expect(chips.map((text) => text?.replaceAll(/\s+/g, ' ').trim())).toEqual([
      '🦊 1/2 · 12520',
      '🦊 2/2 · 99'
    ]);
    expect(screen.getByRole('button', { name: /part 2 of 2 of 🦊/ })).toBeTruthy();
  });
});
