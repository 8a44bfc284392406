// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Token } from '../../../src/lib/gpt2';
import {
  DataTable,
  Figure,
  SectionLabel,
  Segmented,
  Slider,
  TokenChip,
  TokenLabel
} from '../../../src/lib/viz/common';

const THE: Token = {
  id: 262,
  text: ' the',
  bytes: new TextEncoder().encode(' the'),
  start: 4,
  end: 8,
  special: false
};
const text = (content: string) => createRawSnippet(() => ({ render: () => `<span>${content}</span>` }));

afterEach(cleanup);

describe('TokenLabel', () => {
  it('shows the space quietly', () => {
    const { container } = render(TokenLabel, { token: THE });
    expect(container.textContent).toBe('·the');
    expect(container.querySelector('.quiet')?.textContent).toBe('·');
  });
});

describe('TokenChip', () => {
  it('is a button that names its position, token and id, and reports clicks and hover', async () => {
    const onclick = vi.fn();
    const onhover = vi.fn();
    render(TokenChip, { token: THE, position: 3, selected: true, onclick, onhover });
    const chip = screen.getByRole('button', { name: 'position 3: " the", id 262' });
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    await fireEvent.click(chip);
    expect(onclick).toHaveBeenCalledWith(3);
    await fireEvent.pointerEnter(chip);
    await fireEvent.pointerLeave(chip);
    expect(onhover.mock.calls).toEqual([[3], [null]]);
  });
});

describe('Segmented', () => {
  const options = [
    { value: 'qk', label: 'q·k' },
    { value: 'scaled', label: 'scaled' },
    { value: 'softmax', label: 'softmax' }
  ];

  it('is one tab stop, on the chosen option', () => {
    render(Segmented, { label: 'stage', options, value: 'scaled', onchange: () => undefined });
    expect(screen.getByRole('radiogroup', { name: 'stage' })).toBeTruthy();
    expect(screen.getAllByRole('radio').map((radio) => radio.tabIndex)).toEqual([-1, 0, -1]);
    expect(screen.getByRole('radio', { name: 'scaled' }).getAttribute('aria-checked')).toBe('true');
  });

  it('chooses by click and by arrow keys, round the ends', async () => {
    const onchange = vi.fn();
    render(Segmented, { label: 'stage', options, value: 'qk', onchange });
    await fireEvent.click(screen.getByRole('radio', { name: 'softmax' }));
    await fireEvent.keyDown(screen.getByRole('radio', { name: 'q·k' }), { key: 'ArrowRight' });
    await fireEvent.keyDown(screen.getByRole('radio', { name: 'q·k' }), { key: 'ArrowLeft' });
    expect(onchange.mock.calls).toEqual([['softmax'], ['scaled'], ['softmax']]);
    expect(document.activeElement?.textContent).toBe('softmax');
  });
});

describe('Slider', () => {
  it('has a label, a value in words and reports numbers', async () => {
    const oninput = vi.fn();
    const format = (value: number) => (value === 0 ? 'off' : value.toFixed(2));
    render(Slider, { label: 'top-p', min: 0, max: 1, step: 0.01, value: 0, format, oninput, help: 'Cuts.' });
    const slider = screen.getByRole('slider', { name: 'top-p' });
    expect(slider.getAttribute('aria-valuetext')).toBe('off');
    await fireEvent.input(slider, { target: { value: '0.5' } });
    expect(oninput).toHaveBeenCalledWith(0.5);
  });
});

describe('DataTable', () => {
  it('draws the rows in view of a long table, and states the count of all', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [`row ${i}`, i / 8]);
    render(DataTable, { name: 'values', caption: 'Values', columns: ['name', 'value'], rows, open: true });
    expect(screen.getAllByRole('row').length).toBeLessThan(64);
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('1001'); // and the head
    expect(screen.getByText('1,000 rows')).toBeTruthy();
    expect(screen.getByText('0.1250')).toBeTruthy();
  });

  it('copies the whole table, every digit, also what is not drawn', async () => {
    const writeText = vi.fn((_: string) => Promise.resolve());
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    const rows = Array.from({ length: 1000 }, (_, i) => [`row ${i}`, i / 3]);
    render(DataTable, { name: 'values', caption: 'Values', columns: ['name', 'value'], rows, open: true });
    await fireEvent.click(screen.getByRole('button', { name: 'Copy table' }));
    const lines = writeText.mock.calls[0][0].trimEnd().split('\n');
    expect(lines).toHaveLength(1001);
    expect([lines[0], lines[1000]]).toEqual(['name\tvalue', `row 999\t${999 / 3}`]);
    await waitFor(() => expect(screen.getByText('1,000 rows copied.')).toBeTruthy());
    vi.unstubAllGlobals();
  });

  it('stays open when its caption and its rows change', async () => {
    const { container, rerender } = render(DataTable, {
      name: 'values',
      caption: 'Query 3',
      columns: ['key'],
      rows: []
    });
    const details = container.querySelector('details')!;
    details.open = true;
    await waitFor(() => expect(screen.getByText('0 rows')).toBeTruthy());
    await rerender({ caption: 'Query 4', rows: [['a'], ['b']] });
    expect(details.open).toBe(true);
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(3)); // and the head
  });
});

describe('Figure, SectionLabel', () => {
  it('heads a section with the title, a sentence, formula and shape', () => {
    render(Figure, {
      title: 'Head 6.4',
      part: 'attention, block 6',
      say: 'Each row is one token asking.',
      formula: 'softmax(q·k / √16)',
      shape: 'pattern [14, 14]',
      controls: text('controls'),
      children: text('picture')
    });
    expect(screen.getByRole('heading', { level: 2 }).textContent?.replace(/\s+/g, ' ').trim()).toBe(
      'Head 6.4 attention, block 6'
    );
    for (const shown of ['softmax(q·k / √16)', 'pattern [14, 14]', 'controls', 'picture']) {
      expect(screen.getByText(shown)).toBeTruthy();
    }
  });

  it('can be a heading or plain', () => {
    render(SectionLabel, { level: 3, children: text('What comes next') });
    expect(screen.getByRole('heading', { level: 3 })).toBeTruthy();
  });
});
