import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../../src/lib/viz/color';
import { PALETTE } from '../../../src/lib/viz/color/palette';

const css = readFileSync('src/lib/viz/styles.css', 'utf8');
const LIGHT = tokensOf(/^:root \{/m);
const DARK = tokensOf(/^:root\[data-theme='dark'\] \{/m);
const SYSTEM_DARK = tokensOf(/:root:not\(\[data-theme='light'\]\) \{/);

const GROUNDS = ['paper', 'panel', 'sel'];
const INKS = ['ink', 'ink-2', 'ink-3'];
const HUES = ['attn', 'mlp', 'prob', 'stream', 'neg', 'pos', 'nan', 'focus'];
const AA_TEXT = 4.5;
const AA_GRAPHICS = 3; // WCAG 1.4.11

/** Colour tokens of the first rule that `selector` finds. */
function tokensOf(selector: RegExp): Record<string, string> {
  const start = css.search(selector);
  const rule = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...rule.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex])
  );
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK]
] as const)('styles.css, %s', (theme, tokens) => {
  it.each(INKS.flatMap((ink) => GROUNDS.map((ground) => [ink, ground])))(
    '--%s reads on --%s',
    (ink, ground) => {
      expect(contrast(tokens[ink], tokens[ground])).toBeGreaterThanOrEqual(AA_TEXT);
    }
  );

  it.each(HUES.flatMap((hue) => ['paper', 'panel'].map((ground) => [hue, ground])))(
    '--%s reads as text on --%s',
    (hue, ground) => {
      expect(contrast(tokens[hue], tokens[ground])).toBeGreaterThanOrEqual(AA_TEXT);
    }
  );

  it('shows the edge of a control on the paper', () => {
    expect(contrast(tokens.control, tokens.paper)).toBeGreaterThanOrEqual(AA_GRAPHICS);
  });

  it('has the same values as the palette that scales use', () => {
    for (const [name, hex] of Object.entries(PALETTE[theme])) expect(tokens[name], name).toBe(hex);
  });
});

describe('styles.css', () => {
  it('is equally dark by the system’s wish and by the reader’s', () => {
    expect(Object.keys(DARK).length).toBeGreaterThan(15);
    expect(SYSTEM_DARK).toEqual(DARK);
  });

  it('names every colour in both themes', () => {
    expect(Object.keys(DARK).sort()).toEqual(Object.keys(LIGHT).sort());
  });
});
