import { describe, expect, it } from 'vitest';
import { EXAMPLE_PROMPTS } from '../../src/lib/state/example-prompts.ts';
import { examples, promptOfNext } from '../../src/lib/state/examples.ts';
import { DEFAULT_VIEW } from '../../src/lib/state/view-state.ts';

const OWN = ['FACE=', 'CABBAGE='];

describe('prompts to start from', () => {
  it('are the built-in ones, each with a name', () => {
    expect(examples(undefined).map(({ text }) => text)).toEqual(Object.values(EXAMPLE_PROMPTS));
  });

  it("are the model's own where it brings some", () => {
    expect(examples(OWN)).toEqual(OWN.map((text) => ({ name: null, label: text, text })));
  });
});

describe('the prompt after another model was chosen', () => {
  it('stays between models that read any text', () => {
    expect(promptOfNext('Hello', undefined, undefined)).toBe('Hello');
  });

  it('is the first of the model that brings its own, unless one of them is there', () => {
    expect(promptOfNext('Hello', undefined, OWN)).toBe('FACE=');
    expect(promptOfNext('CABBAGE=', undefined, OWN)).toBe('CABBAGE=');
  });

  it('is the usual one again after such a model', () => {
    expect(promptOfNext('DEAF=', OWN, undefined)).toBe(DEFAULT_VIEW.prompt);
  });
});
