import type { Page } from 'playwright-core';
import { EXAMPLE_PROMPTS } from '../../../src/lib/state/example-prompts.ts';

/** What is the same in every language: names of the field, of programs and of models, units, words of the examples. */
const NAMES =
  'GPT Lens logit logits softmax Softmax ln LayerNorm MLP GELU embed wte wpe gram KL log exp tanh max mean pattern pre post scale weight bias nats bits id px ms kB MB GB webgl wasm cpu WebGL worker SIMD SHA CSV SVG PNG JSON OpenAI Hugging Face Hub gpt nano small medium large xl endoftext Mary John Page Up Down Enter Escape Shift Home End OV QK Markdown iframe result transformers WebAssembly'.split(
    ' '
  );

/**
 * Latin words that a reader of the page in Chinese can see or hear and that are no names: texts in sight or for screen
 * readers, names of controls and pictures, tooltips. Code, tokens, what the reader types and names of models are left
 * out, and the prompts of the examples, which the model reads in English.
 */
export function untranslated(page: Page): Promise<string[]> {
  return page.evaluate(
    ([names, prompts]) => {
      const QUIET = 'code, pre, textarea, option, script, style, .token, [lang]:not(html)';
      const ATTRIBUTES = ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'placeholder', 'alt'];
      const NO_WORDS = /[·⏎]+\S+|“[^”]*”|<\|\w+\|>|\S*[_.\dᵀ]\S*|\w+-[kp]\b/g;
      const shown = [...document.querySelectorAll('.token')].map(({ textContent }) => textContent);
      const tokens = new Set(shown.flatMap((text) => text.match(/[A-Za-z]+/g) ?? []));
      const known = new Set([...names, ...tokens]);
      const found = new Set<string>();
      const look = (text: string) => {
        if (prompts.includes(text)) return;
        const words = text.replaceAll(NO_WORDS, ' ').match(/[A-Za-z]{2,}/g) ?? [];
        const strange = words.filter((word) => !known.has(word));
        if (strange.length > 0) found.add(`${strange.join(' ')} in "${text.trim().slice(0, 100)}"`);
      };
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const { parentElement, textContent } = texts.currentNode;
        if (parentElement?.checkVisibility() && !parentElement.closest(QUIET)) look(textContent ?? '');
      }
      for (const element of document.body.querySelectorAll('*')) {
        if (element.closest(QUIET)) continue;
        for (const name of ATTRIBUTES) look(element.getAttribute(name) ?? '');
      }
      return [...found];
    },
    [NAMES, Object.values(EXAMPLE_PROMPTS) as string[]] as const
  );
}
