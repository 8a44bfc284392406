import { mount, unmount } from 'svelte';
import pageStyles from '$lib/viz/styles.css?inline';
import { fetchWords, LANGUAGES, type Language } from '$lib/words';
import type { Theme } from '$lib/viz';
import LensView from './LensView.svelte';
import { shadowStyles } from './shadow-styles';
import type { LensRun, LensSelection, LensViewName, RunArrays } from './types';
import type { Trace } from '../../lib/gpt2/trace/trace';

const SELECT = 'lens-select';
const FAIL = 'lens-error';
const PROPERTIES = ['recording', 'trace', 'arrays', 'selection'] as const;
const FIELDS = ['layer', 'head', 'position', 'key'] as const;

/** Where there is no page (Node), the classes can be imported and not used. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** The shadow tree of an element, with the page's styles. */
function styledTree(element: HTMLElement): ShadowRoot {
  const style = document.createElement('style');
  style.textContent = shadowStyles(pageStyles);
  const tree = element.attachShadow({ mode: 'open' });
  tree.append(style);
  return tree;
}

const isSame = (a: Partial<LensSelection> | null, b: LensSelection) =>
  FIELDS.every((field) => a?.[field] === b[field]);

/**
 * A picture of one run as an element. It draws what was given last: `src` or `recording` (a recorded run), `trace` or
 * `arrays`.
 *
 * Attributes: `src`, `theme` (light, dark), `lang` (en, zh; of all pictures of the page), `settings` (of the view, as a link
 * has them), `group`. Events, both of which leave the shadow tree: `lens-select` (detail: the selection) and `lens-error`
 * (detail: the error).
 */
export abstract class LensElement extends Base {
  static readonly observedAttributes = ['src', 'theme', 'settings', 'lang'];
  /** The view that a subclass draws. */
  protected abstract readonly view: LensViewName;
  #run: LensRun | null = null;
  #selection: Partial<LensSelection> | null = null;
  #shown: { select(change: Partial<LensSelection>): void } | null = null;
  #isPlanned = false;

  /** A recorded run: a file, its bytes, or its address. */
  get recording(): Blob | Uint8Array | ArrayBuffer | string | null {
    return this.#run?.kind === 'recording' ? this.#run.from : null;
  }
  set recording(from: Blob | Uint8Array | ArrayBuffer | string | null) {
    this.#give(from === null ? null : { kind: 'recording', from });
  }

  /** A trace of `gpt2-lens`: it is read as pictures need it and stays the caller's. */
  get trace(): Trace | null {
    return this.#run?.kind === 'trace' ? this.#run.trace : null;
  }
  set trace(trace: Trace | null) {
    this.#give(trace && { kind: 'trace', trace });
  }

  /** Arrays under the names of a recording, with the tokens' texts. */
  get arrays(): RunArrays | null {
    return this.#run?.kind === 'arrays' ? this.#run.given : null;
  }
  set arrays(given: RunArrays | null) {
    this.#give(given && { kind: 'arrays', given });
  }

  /** What is selected; what is left out stays as it is. Setting it tells nobody. */
  get selection(): Partial<LensSelection> | null {
    return this.#selection;
  }
  set selection(change: Partial<LensSelection> | null) {
    if (!change) return;
    this.#selection = { ...this.#selection, ...change };
    this.#shown?.select(change);
  }

  connectedCallback(): void {
    for (const name of PROPERTIES) this.#takeUp(name);
    if (!this.shadowRoot) styledTree(this);
    this.#join();
    this.#plan();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === 'src' && value !== null) this.recording = value;
    this.#plan();
  }

  /** A property that was set before the class was there stands on the object itself. */
  #takeUp(name: (typeof PROPERTIES)[number]): void {
    if (!Object.hasOwn(this, name)) return;
    const value = Reflect.get(this, name) as never;
    Reflect.deleteProperty(this, name);
    this[name] = value;
  }

  #give(run: LensRun | null): void {
    this.#run = run;
    this.#plan();
  }

  /** Draws anew once all that is set at the same time has been set. */
  #plan(): void {
    if (this.#isPlanned || !this.isConnected) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      if (this.isConnected) this.#draw();
    });
  }

  #draw(): void {
    this.#end();
    this.#speak();
    const theme = (['light', 'dark'] as const).find((one) => one === this.getAttribute('theme')) ?? null;
    if (theme) this.dataset.theme = theme;
    else delete this.dataset.theme;
    if (!this.#run || !this.shadowRoot) return;
    this.#shown = mount(LensView, {
      target: this.shadowRoot,
      props: {
        view: this.view,
        run: this.#run,
        settings: this.getAttribute('settings') ?? '',
        theme: theme satisfies Theme | null,
        selection: this.#selection,
        onselect: (selection: LensSelection) => this.#say(selection),
        onfail: (error: unknown) => this.#tell(FAIL, error)
      }
    });
  }

  #end(): void {
    if (this.#shown) void unmount(this.#shown);
    this.#shown = null;
  }

  #speak(): void {
    const asked = LANGUAGES.find((code): code is Language => code === this.lang);
    if (asked) void fetchWords(asked).then((speak) => speak());
  }

  /** Other pictures of the same group in the same document or shadow tree. */
  #others(): LensElement[] {
    const group = this.getAttribute('group');
    if (!group) return [];
    const root = this.getRootNode() as Document | ShadowRoot;
    return [...root.querySelectorAll('[group]')].filter(
      (each): each is LensElement =>
        each instanceof LensElement && each !== this && each.getAttribute('group') === group
    );
  }

  /** Takes the selection of the group that it comes to. */
  #join(): void {
    const [known] = this.#others().flatMap(({ selection }) => selection ?? []);
    if (known) this.selection = known;
  }

  /** The reader, or the run's own limits, have changed the selection. */
  #say(selection: LensSelection): void {
    if (isSame(this.#selection, selection)) return;
    const isFirst = this.#selection === null;
    this.#selection = selection;
    if (isFirst) return;
    for (const other of this.#others()) other.selection = selection;
    this.#tell(SELECT, selection);
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
