import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../src/lib/viz/color';
import { PALETTE } from '../../src/lib/viz/color/palette';

const css = readFileSync('src/lib/viz/styles.css', 'utf8');
const LIGHT = tokens(0);
const DARK = tokens(1);

const GROUNDS = ['paper', 'panel', 'sel'];
const INKS = ['ink', 'ink-2', 'ink-3'];
const HUES = ['attn', 'mlp', 'prob', 'stream', 'run-b', 'neg', 'pos', 'nan', 'focus'];
const AA_TEXT = 4.5;
const AA_GRAPHICS = 3; // WCAG 1.4.11

/** The colour tokens: `--name: light-dark(#light, #dark);`, of which one side is asked for. */
function tokens(side: 0 | 1): Record<string, string> {
  const written = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g);
  return Object.fromEntries([...written].map(([, name, ...hex]) => [name, hex[side]]));
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK]
] as const)('styles.css, %s', (theme, hex) => {
  it.each(INKS.flatMap((ink) => GROUNDS.map((ground) => [ink, ground])))(
    '--%s reads on --%s',
    (ink, ground) => {
      expect(contrast(hex[ink], hex[ground])).toBeGreaterThanOrEqual(AA_TEXT);
    }
  );

  it.each(HUES.flatMap((hue) => ['paper', 'panel'].map((ground) => [hue, ground])))(
    '--%s reads as text on --%s',
    (hue, ground) => {
      expect(contrast(hex[hue], hex[ground])).toBeGreaterThanOrEqual(AA_TEXT);
    }
  );

  it('shows the edge of a control on the paper', () => {
    expect(contrast(hex.control, hex.paper)).toBeGreaterThanOrEqual(AA_GRAPHICS);
  });

  it('has the same values as the palette that scales use', () => {
    for (const [name, value] of Object.entries(PALETTE[theme])) expect(hex[name], name).toBe(value);
  });
});

describe('styles.css', () => {
  it('says every colour once, light and dark together', () => {
    expect(Object.keys(LIGHT).length).toBeGreaterThan(15);
    expect(css.match(/--[\w-]+: #[0-9a-f]{3,6}/g)).toBeNull();
  });
});

describe('widths of a window', () => {
  it('three alone change the page', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(svelte|css)$/.test(name)
    );
    const queries = files
      .flatMap((name) => readFileSync(`src/${name}`, 'utf8').split('\n'))
      .filter((line) => /@media|MediaQuery\(/.test(line));
    const asked = queries.flatMap((line) =>
      [...line.matchAll(/(max|min)-width: (\d+)px/g)].map(
        ([, end, px]) => Number(px) - (end === 'min' ? 1 : 0)
      )
    );
    expect([...new Set(asked)].sort((a, b) => a - b)).toEqual([700, 900, 1199]);
  });
});
