import { Linter } from 'eslint';
import svelte from 'eslint-plugin-svelte';
import { describe, expect, it } from 'vitest';
import { wordsInCatalogue } from '../../scripts/eslint/words-in-catalogue.js';

const linter = new Linter();

/** What the rule finds in a component's text. */
function found(code: string): string[] {
  return linter
    .verify(
      code,
      [
        ...svelte.configs.base,
        {
          files: ['**/*.svelte'],
          plugins: { local: { rules: { words: wordsInCatalogue } } },
          rules: { 'local/words': 'error' }
        }
      ],
      'A.svelte'
    )
    .map(({ message }) => message);
}

describe('words-in-catalogue', () => {
  it.each([
    '<p>Retry</p>',
    '<p>block {layer}</p>',
    '<button title="Close">×</button>',
    '<svg aria-label="Attention pattern" />',
    '<Figure say="How much each token matters" />',
    '<p title={ok ? "it is fine" : ""}></p>',
    '<p aria-label={`Show ${name} as table`}></p>',
    '<script>const label = "Copy link";</script>'
  ])('finds the word in %s', (code) => {
    expect(found(code)).toHaveLength(1);
  });

  it.each([
    '<p>{words.retry}</p>',
    '<code>model.h[0].attention(x)</code>',
    '<div class="big panel" style:color="var(--ink)"></div>',
    '<p>× · {value} %</p>',
    '<h1>GPT-2 <em>Lens</em></h1>',
    '<p>resid_pre [T, n_embd]</p>',
    '<Slider label="top-k" />',
    '<script>const row = "wte, wpe";</script>',
    '<script>throw new Error("layer must be whole, got nothing");</script>',
    '<script>if (from === "another tab") wait();</script>',
    '<script>table?.querySelectorAll("tbody button")[0].focus();</script>',
    '<style>.a { display: flex; }</style>'
  ])('leaves %s alone', (code) => {
    expect(found(code)).toEqual([]);
  });
});
