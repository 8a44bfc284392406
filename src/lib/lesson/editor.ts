/** The editor of a cell: CodeMirror, in the page's colours. Loaded when the first cell is edited. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript, javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { completeCell } from './completions';

export interface EditorOptions {
  readonly code: string;
  /** Of the field, read aloud. */
  readonly label: string;
  readonly onedit: (code: string) => void;
  readonly onrun: () => void;
  readonly onclose: () => void;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--attn)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--prob)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--pos)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.operator], color: 'var(--ink-2)' }
]);

const SELECTED = '.cm-tooltip-autocomplete' + ' li[aria-selected]';

const theme = EditorView.theme({
  '&': { border: '1px solid var(--control)', borderRadius: 'var(--radius)', background: 'var(--paper)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-scroller': {
    font: '500 var(--code-size, var(--t-sm)) / 1.5 var(--mono)',
    fontVariantLigatures: 'none'
  },
  '.cm-content': { color: 'var(--ink)', caretColor: 'var(--ink)' },
  '.cm-gutters': { background: 'none', border: '0', color: 'var(--ink-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-tooltip': { background: 'var(--panel)', border: '1px solid var(--rule)', color: 'var(--ink)' },
  [SELECTED]: { background: 'var(--ink)', color: 'var(--paper)' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'inherit', opacity: '0.75' }
});

/**
 * Text typed over a selection: the browser would keep the colours of what it replaces as inline styles, which the page's
 * policy refuses.
 */
function replaceSelected(event: InputEvent, view: EditorView): boolean {
  const { data, inputType, isComposing } = event;
  if (inputType !== 'insertText' || data === null || isComposing) return false;
  if (view.state.selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
  return true;
}

/** Puts an editor into an element. Tab leaves it, as in every field; Ctrl Enter runs, Escape leaves. */
export function createEditor(parent: HTMLElement, options: EditorOptions) {
  const run = () => {
    options.onrun();
    return true;
  };
  const leave = () => {
    options.onclose();
    return true;
  };
  // in a shadow root its styles come without <style>, which the page's policy refuses
  const root = parent.attachShadow({ mode: 'open' });
  const view = new EditorView({
    parent: root as unknown as Element,
    root,
    state: EditorState.create({
      doc: options.code,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        javascript({ typescript: true }),
        [javascriptLanguage, typescriptLanguage].map((language) =>
          language.data.of({ autocomplete: completeCell })
        ),
        autocompletion(),
        syntaxHighlighting(colours),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': options.label }),
        keymap.of([
          { key: 'Mod-Enter', run },
          { key: 'Shift-Enter', run },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          { key: 'Escape', run: leave },
          ...defaultKeymap
        ]),
        EditorView.domEventHandlers({ beforeinput: replaceSelected }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onedit(update.state.doc.toString());
        })
      ]
    })
  });
  return {
    /** A text from elsewhere: Restore, or a link. */
    setCode(code: string): void {
      if (code === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } });
    },
    focus: () => view.focus(),
    destroy: () => view.destroy()
  };
}
