// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Token, Vocabulary } from '../../../src/lib/gpt2';
import FlowView from '../../../src/lib/viz/flow/FlowView.svelte';
import { chooseLinks } from '../../../src/lib/viz/flow/links.ts';
import { flowTable, linkTable } from '../../../src/lib/viz/flow/table.ts';
import type { FlowRow } from '../../../src/lib/viz/flow/types.ts';
import { fillJsdomGaps } from '../shared/jsdom-gaps.ts';
import { renderHolding } from '../shared/render-holding.ts';

const encoder = new TextEncoder();
const token = (id: number, text = `t${id}`): Token => ({
  id,
  text,
  bytes: encoder.encode(text),
  start: 0,
  end: text.length,
  special: false
});
const tokens = [token(1, 'One'), token(2, 'two'), token(3, 'three')];
const vocabulary = { token: (id: number) => token(id) } as unknown as Vocabulary;

/** Two blocks, two heads; position 2 reads from 0 and 1. */
const row: FlowRow = {
  position: 2,
  own: Float32Array.of(0.5, 0.6875),
  shares: Float32Array.of(0.375, 0.125, 0, 0.0625, 0.25, 0),
  heads: Float32Array.of(0.25, 0.75, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.875, 0.125, 0.5, 0.5),
  pattern: Float32Array.of(0.125, 0.625, 0, 0, 0, 0, 0, 0, 0.4, 0, 0, 0),
  logits: Float32Array.of(1.5, -0.25, 0, 0, 2, 0),
  token: 7,
  lensIds: Int32Array.of(4, 5, 7),
  lensProbabilities: Float64Array.of(0.1, 0.25, 0.75)
};
/** By depth and position. */
const norms = {
  resid: Float32Array.of(1, 1, 2, 3, 3, 4, 5, 5, 8),
  mlp_out: Float32Array.of(1, 1, 3, 2, 2, 6)
};
const props = {
  theme: 'light' as const,
  tokens,
  vocabulary,
  n_layer: 2,
  n_head: 2,
  position: 2,
  row,
  rows: [],
  rowAt: () => undefined,
  followed: undefined,
  norms,
  reads: {},
  head: 0,
  mode: 'row' as const,
  threshold: 0.1,
  upTo: null,
  opened: null,
  openedPart: 'attention' as const,
  block: createRawSnippet(() => ({ render: () => '<p></p>' })),
  onposition: vi.fn(),
  onhead: vi.fn(),
  onmode: vi.fn(),
  onthreshold: vi.fn(),
  onupto: vi.fn(),
  onopen: vi.fn(),
  onpart: vi.fn(),
  onview: vi.fn()
};

const picture = () => screen.getByRole('application');
const heading = () => screen.getByRole('heading', { level: 2 }).textContent;
const steps = () => screen.getByRole('group', { name: 'Steps through the depth' });
const keyOn = (element: Element, key: string) => fireEvent.keyDown(element, { key });

/** What a card says, as [name, value]. */
function card(): Record<string, string> {
  const element = document.querySelector('#flow-card')!;
  const texts = (tag: string) => [...element.querySelectorAll(tag)].map((part) => part.textContent.trim());
  const values = texts('dd');
  return {
    title: texts('.title')[0],
    ...Object.fromEntries(texts('dt').map((name, index) => [name, values[index]]))
  };
}

beforeEach(() => {
  fillJsdomGaps();
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the cards of the parts', () => {
  it('have the row’s own numbers: links, MLP, stream and lens token of a block', async () => {
    render(FlowView, props);
    await keyOn(picture(), 'ArrowRight');
    expect(card()).toEqual({
      title: 'Block 0: three reads from One',
      'share of the row after it': '37.5 %',
      'the row’s own stream': '50.0 %',
      'strongest head': '0.1',
      'its attention to the source': '62.5 %',
      'its part of this link': '75.0 %',
      'other heads': '0.0 25.0 %',
      'adds to the logit of t7': '+1.500 nats'
    });
    await keyOn(picture(), 'ArrowDown');
    expect(card()).toMatchObject({
      title: 'Block 0: three reads from two',
      'adds to the logit of t7': '−0.2500 nats'
    });
    await keyOn(picture(), 'ArrowDown');
    expect(card()).toEqual({
      title: 'Block 0: the MLP adds to three',
      'norm of mlp_out': '3.000',
      'times the stream before the block': '1.500'
    });
    await keyOn(picture(), 'ArrowDown');
    expect(card()).toEqual({ title: 'Residual stream of three, after block 0', 'norm ‖x‖': '4.000' });
    await keyOn(picture(), 'ArrowDown');
    expect(card()).toEqual({
      title: 'Logit lens of three, after block 0',
      'best next token': 't5',
      probability: '25.0 %'
    });
  });

  it('stand beside the picture as tables, too', () => {
    expect(flowTable(row, norms, tokens, vocabulary).rows).toEqual([
      ['0', '50.0 %', '0 One', '37.5 %', '0.1', '3.000', '1.500', '4.000', 't5', '25.0 %'],
      ['1', '68.8 %', '1 two', '25.0 %', '1.0', '6.000', '1.500', '8.000', 't7', '75.0 %']
    ]);
    const { drawn } = chooseLinks(row, 0.1);
    expect(linkTable(drawn, () => row, tokens, vocabulary).rows).toEqual([
      ['2 three', '0', '1 two', '12.5 %', '0.0', '0 %', '50.0 %', '0.1 50.0 %', '−0.2500 nats, t7'],
      ['2 three', '0', '0 One', '37.5 %', '0.1', '62.5 %', '75.0 %', '0.0 25.0 %', '+1.500 nats, t7'],
      ['2 three', '1', '1 two', '25.0 %', '1.0', '40.0 %', '87.5 %', '1.1 12.5 %', '+2.000 nats, t7']
    ]);
    render(FlowView, props);
    for (const name of [/^What each block brings/, /^The links that are drawn/])
      expect(screen.getByRole('region', { name, hidden: true })).toBeTruthy();
  });
});

describe('the threshold', () => {
  it('says how many links of how many are drawn, and what share is hidden at most', async () => {
    const { container } = renderHolding(FlowView, props, { onthreshold: 'threshold' });
    expect(container.textContent).toContain(
      '3 of 4 links drawn; at most 6.3 % of the row hidden in one block'
    );
    vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => (draw(0), 0));
    await fireEvent.input(screen.getByRole('slider'), { target: { value: '0.2' } });
    expect(container.textContent).toContain(
      '2 of 4 links drawn; at most 12.5 % of the row hidden in one block'
    );
    expect(container.querySelectorAll('path.link')).toHaveLength(2);
  });
});

describe('steps through the depth', () => {
  const holding = (more: Partial<typeof props> = {}) =>
    renderHolding(FlowView, { ...props, ...more }, { onupto: 'upTo' });
  const button = (name: string) => within(steps()).getByRole('button', { name });

  it('go back and forth by buttons and arrow keys, and stop at the ends', async () => {
    holding();
    await fireEvent.click(button('Step forward'));
    expect(heading()).toMatch(
      /^Embeddings: three begins as .* \(norm 2\.000\)\. If the row ended here.*t4 \(10\.0 %\)/
    );
    await keyOn(steps(), 'ArrowRight');
    expect(heading()).toMatch(
      /^Block 0: attention reads\. Head 0\.1 brings most, from One: 37\.5 % of the row/
    );
    expect(heading()).toMatch(/the MLP adds a vector 1\.500 times as long as the stream before the block/);
    await keyOn(steps(), 'ArrowLeft');
    await keyOn(steps(), 'ArrowLeft');
    expect(heading()).toMatch(/^Embeddings: /);
    expect(button('Step back').getAttribute('aria-disabled')).toBe('true');
    for (let step = 0; step < 5; step++) await keyOn(steps(), 'ArrowRight');
    expect(heading()).toMatch(/^ln_f scales the row.*t7 \(75\.0 %\)/);
    await keyOn(steps(), 'Home');
    expect(heading()).toMatch(/^At three, /);
  });

  it('play one block at a time, and can be stopped', async () => {
    vi.useFakeTimers();
    holding();
    await fireEvent.click(button('Play'));
    await vi.advanceTimersByTimeAsync(0);
    expect(heading()).toMatch(/^Embeddings: /);
    await vi.advanceTimersByTimeAsync(1600);
    expect(heading()).toMatch(/^Block 0: /);
    await fireEvent.click(button('Stop'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(heading()).toMatch(/^Block 0: /);
    await fireEvent.click(button('Play'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heading()).toMatch(/^ln_f scales the row/);
    expect(button('Play')).toBeTruthy(); // it has stopped at the end
  });
});
