// @vitest-environment jsdom
import { Blob as NodeBlob } from 'node:buffer';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import type { Trace } from '../../src/lib/gpt2/trace/trace.ts';
import type { Gpt2Model } from '../../src/lib/gpt2';
import { LENS_ELEMENTS } from '../../src/package/views/index.ts';
import type { LensElement } from '../../src/package/views/index.ts';
import { createVocabulary } from '../../src/lib/gpt2/tokenizer/vocabulary.ts';
import widget, { type WidgetModel, type WidgetState } from '../../src/package/widget.ts';
import { shadowStyles } from '../../src/package/views/shadow-styles.ts';
import { startBackend } from '../gpt2/backends.ts';
import { TINY_PIECES, tinyFile } from '../gpt2/recording/tiny-recording.ts';
import { tinyModel } from '../gpt2/tiny-model.ts';
import { fillJsdomGaps } from '../viz/shared/jsdom-gaps.ts';

const START_MS = 5_000;

describe('the custom elements', () => {
  let model: Gpt2Model;
  let trace: Trace;
  let file: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
    fillJsdomGaps();
    vi.stubGlobal('Blob', NodeBlob); // jsdom's gives no bytes
    await startBackend('cpu');
    const { token } = createVocabulary(TINY_PIECES);
    const tokenizer = { token, pieces: () => TINY_PIECES } as unknown as Gpt2Model['tokenizer'];
    model = { ...tinyModel(), tokenizer };
    trace = await runTrace(model, [1, 0, 3]);
    file = Uint8Array.from(await tinyFile(trace));
  });
  afterAll(() => [trace, model].forEach((owner) => owner.dispose()));
  afterEach(() => document.body.replaceChildren());

  function placed(
    tag: keyof typeof LENS_ELEMENTS,
    given: Partial<LensElement>,
    attributes = {}
  ): LensElement {
    const element = Object.assign(document.createElement(tag), given);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    document.body.append(element);
    return element;
  }
  const textOf = (element: LensElement) => element.shadowRoot?.querySelector('.lens')?.textContent ?? '';
  const shows = (element: LensElement, text: string | RegExp) =>
    vi.waitFor(() => expect(textOf(element)).toMatch(text), START_MS);

  it('are defined, each by its tag', () => {
    for (const [tag, element] of Object.entries(LENS_ELEMENTS)) expect(customElements.get(tag)).toBe(element);
  });

  it.each([
    ['lens-attention', /Head 0\.0/],
    ['lens-logit-lens', /Logit lens/],
    ['lens-next-token', /What comes next/],
    ['lens-residual', /Residual stream/],
    ['lens-flow', /read mostly from/]
  ] as const)('%s draws a recorded run by itself, and the same of its trace', async (tag, heading) => {
    const recorded = placed(tag, { recording: new Blob([file]) as Blob });
    const computed = placed(tag, { trace });
    await shows(recorded, heading);
    await vi.waitFor(() => expect(textOf(computed)).toBe(textOf(recorded)), START_MS);
    for (const { shadowRoot } of [recorded, computed])
      expect(shadowRoot?.querySelector('[role=alert]')).toBeNull();
  });

  it('share one selection in a group, also with one that comes later, and say so once', async () => {
    const [first, second] = [1, 2].map(() => placed('lens-attention', { recording: file }, { group: 'a' }));
    await shows(first, /Head 0\.0/);
    await shows(second, /Head 0\.0/);
    const heard: unknown[] = [];
    document.body.addEventListener('lens-select', (event) => heard.push((event as CustomEvent).detail));
    first.shadowRoot!.querySelector<HTMLElement>('[data-head="0.1"]')!.click();
    await shows(second, /Head 0\.1/);
    expect(heard).toEqual([expect.objectContaining({ layer: 0, head: 1 })]);
    const late = placed('lens-attention', { recording: file }, { group: 'a' });
    await shows(late, /Head 0\.1/);
    expect(second.selection).toMatchObject({ layer: 0, head: 1 });
  });

  it('draws a pattern that is given as an array, and says that a picture was given too little', async () => {
    const given = {
      tokens: ['Hello', ' world'],
      arrays: {
        'blocks.0.attn.hook_pattern': { shape: [1, 2, 2], data: Float32Array.of(1, 0, 0.25, 0.75) }
      }
    };
    const element = placed('lens-attention', { arrays: given });
    await shows(element, 'Arcs of head 0.0 from ·world');
    await shows(element, 'q and k of this head are not among the numbers of this run');
    const other = placed('lens-next-token', { arrays: given });
    await shows(other, 'not among the numbers that it was given');
  });

  describe('in a notebook', () => {
    /** A kernel's side: what it sends, and what it is told. */
    function kernel(sent: Partial<WidgetState>) {
      const state: WidgetState = {
        view: 'attention',
        run: {},
        selection: {},
        settings: '',
        theme: '',
        group: '',
        error: '',
        ...sent
      };
      const heard = new EventTarget();
      const model: WidgetModel = {
        get: (name) => state[name],
        set: (name, value) => void (state[name] = value),
        save_changes: vi.fn(),
        on: (event, callback) => heard.addEventListener(event, callback),
        off: (event, callback) => heard.removeEventListener(event, callback)
      };
      const send = (change: Partial<WidgetState>) => {
        Object.assign(state, change);
        for (const name of Object.keys(change)) heard.dispatchEvent(new Event(`change:${name}`));
      };
      return { state, model, send };
    }
    /** float32 that begin in the middle of a buffer, as a message has them. */
    function sentArray(...values: number[]): DataView {
      const whole = new Uint8Array(1 + 4 * values.length);
      whole.set(new Uint8Array(Float32Array.from(values).buffer), 1);
      return new DataView(whole.buffer, 1);
    }
    const sentRun = (...shape: number[]) => ({
      tokens: ['Hello', ' world'],
      arrays: { 'blocks.0.attn.hook_pattern': { shape, data: sentArray(1, 0, 0.25, 0.75, 1, 0, 0.5, 0.5) } }
    });
    const drawn = () => document.body.querySelector<LensElement>('lens-attention')!;

    it('draws arrays, tells the kernel what the reader selects, and selects what the kernel says', async () => {
      const { state, model, send } = kernel({ run: sentRun(2, 2, 2), selection: { layer: 0, head: 1 } });
      const end = widget.render({ model, el: document.body });
      await shows(drawn(), 'Arcs of head 0.1 from ·world');
      drawn().shadowRoot!.querySelector<HTMLElement>('[data-head="0.0"]')!.click();
      await vi.waitFor(() => expect(state.selection).toMatchObject({ layer: 0, head: 0 }), START_MS);
      expect(model.save_changes).toHaveBeenCalled();
      send({ selection: { layer: 0, head: 1 }, theme: 'dark' });
      await shows(drawn(), 'Arcs of head 0.1 from ·world');
      expect(drawn().dataset.theme).toBe('dark');
      end();
      expect(document.body.childElementCount).toBe(0);
    });

    it('draws a recorded run, and tells the kernel why another cannot be drawn', async () => {
      const { state, model, send } = kernel({ run: { recording: new DataView(file.buffer) } });
      widget.render({ model, el: document.body });
      await shows(drawn(), /Head 0\.0/);
      send({ run: sentRun(1, 2, 2) });
      await vi.waitFor(() => expect(state.error).toContain('must be 4 values, got 8.'), START_MS);
      send({ run: sentRun(2, 2, 2) });
      await shows(drawn(), 'Arcs of head 0.0');
      expect(state.error).toBe('');
    });
  });

  it('says that a trace needs a tokenizer for its tokens', async () => {
    const own = await runTrace({ ...model, tokenizer: undefined } as never, [1, 0]);
    await shows(
      placed('lens-attention', { trace: own }),
      'model must be one with a tokenizer, got one without.'
    );
    own.dispose();
  });

  it('says what is wrong with what it was given, on the page and by an event', async () => {
    const failed = vi.fn();
    document.body.addEventListener('lens-error', failed, { once: true });
    const data = new Float32Array(3);
    const arrays = { 'blocks.0.attn.hook_pattern': { shape: [1, 2, 2], data } };
    const element = placed('lens-attention', { arrays: { tokens: ['a', 'b'], arrays } });
    await shows(element, 'arrays: blocks.0.attn.hook_pattern must be 4 values, got 3.');
    expect(failed).toHaveBeenCalledOnce();
  });
});

describe('shadowStyles(pageStyles)', () => {
  it('puts what the page sets on its root and body on the element, and leaves the rest', () => {
    const page =
      "@font-face { src: url('a'); }\n:root { --ink: red; }\n:root[data-theme='dark'] { color-scheme: dark; }\nbody { margin: 0; }\n.body p { color: red; }";
    expect(shadowStyles(page).trim()).toBe(
      ":host { --ink: red; }\n:host([data-theme='dark']) { color-scheme: dark; }\n:host { margin: 0; }\n.body p { color: red; }"
    );
  });
});
