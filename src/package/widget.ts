/** A picture as an anywidget (https://anywidget.dev): what the Python package shows in a notebook. */
import { LENS_ELEMENTS, type LensElement, type LensSelection } from './views';

/** What a kernel sends: a recorded run, or arrays of float32. Binary values arrive as views of buffers. */
interface SentRun {
  readonly recording?: DataView;
  readonly tokens?: readonly string[];
  readonly arrays?: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: DataView }>>;
}

/** The widget's state, which kernel and page share. */
export interface WidgetState {
  /** What stands after `lens-` in the element's tag. */
  view: string;
  run: SentRun;
  /** What is selected; empty or in part until the picture is drawn. */
  selection: Partial<LensSelection>;
  settings: string;
  theme: string;
  group: string;
  /** Why the run cannot be drawn; empty where it is. */
  error: string;
}

/** The part of anywidget's model that is used. */
export interface WidgetModel {
  get<Name extends keyof WidgetState>(name: Name): WidgetState[Name];
  set<Name extends keyof WidgetState>(name: Name, value: WidgetState[Name]): void;
  save_changes(): void;
  on(event: `change:${keyof WidgetState}`, callback: () => void): void;
  off(event: `change:${keyof WidgetState}`, callback: () => void): void;
}

const ATTRIBUTES = ['settings', 'theme', 'group'] as const;

/** A copy that begins at a multiple of four bytes, as an array of float32 must. */
const bytesOf = ({ buffer, byteOffset, byteLength }: DataView): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).slice();

/**
 * An element of the page's own registry: each widget is a module of its own, and the first one has defined the classes.
 *
 * Throws: Error if there is no such view.
 */
function createElement(view: string): LensElement {
  const tag = `lens-${view}`;
  if (!(tag in LENS_ELEMENTS))
    throw new Error(`widget: view must be one of ${Object.keys(LENS_ELEMENTS).join(', ')}, got ${tag}.`);
  return document.createElement(tag as keyof typeof LENS_ELEMENTS);
}

/** Gives an element what the kernel has sent. */
function give(element: LensElement, { recording, tokens = [], arrays = {} }: SentRun): void {
  if (recording) {
    element.recording = bytesOf(recording);
    return;
  }
  const read = Object.entries(arrays).map(
    ([name, { shape, data }]) => [name, { shape, data: new Float32Array(bytesOf(data).buffer) }] as const
  );
  element.arrays = { tokens, arrays: Object.fromEntries(read) };
}

/** Draws a widget; what it returns takes it away again. */
function render({ model, el }: { model: WidgetModel; el: HTMLElement }): () => void {
  const element = createElement(model.get('view'));
  const tell = <Name extends 'selection' | 'error'>(name: Name, value: WidgetState[Name]) => {
    model.set(name, value);
    model.save_changes();
  };
  const dress = () => {
    for (const name of ATTRIBUTES) {
      const value = model.get(name);
      if (value) element.setAttribute(name, value);
      else element.removeAttribute(name);
    }
  };
  const select = () => (element.selection = model.get('selection'));
  const show = () => {
    if (model.get('error')) tell('error', '');
    give(element, model.get('run'));
  };
  const heard = [
    ...ATTRIBUTES.map((name) => [`change:${name}`, dress] as const),
    ['change:selection', select],
    ['change:run', show]
  ] as const;
  for (const [event, callback] of heard) model.on(event, callback);
  element.addEventListener('lens-select', (event) =>
    tell('selection', (event as CustomEvent<LensSelection>).detail)
  );
  element.addEventListener('lens-error', (event) =>
    tell('error', (event as CustomEvent<Error>).detail.message)
  );
  dress();
  select();
  show();
  el.append(element);
  return () => {
    for (const [event, callback] of heard) model.off(event, callback);
    element.remove();
  };
}

export default { render };
