import { describe, expect, it } from 'vitest';
import { qrPath } from '../../src/routes/share/qr-path.ts';
import { shareTexts } from '../../src/routes/share/share-texts.ts';

describe('shareTexts(site, view, title)', () => {
  it('gives link, Markdown and frame of one view', () => {
    const texts = shareTexts('https://a.b/lens/', 'v=2&view=lens&prompt=f(x)', 'Lens [1] "a"');
    expect(texts.link).toBe('https://a.b/lens/#v=2&view=lens&prompt=f(x)');
    expect(texts.markdown).toBe('[Lens \\[1\\] "a"](https://a.b/lens/#v=2&view=lens&prompt=f%28x%29)');
    expect(texts.frame.split('\n')).toEqual([
      '<iframe',
      '  title="Lens [1] &quot;a&quot;"',
      '  src="https://a.b/lens/embed/#v=2&amp;view=lens&amp;prompt=f%28x%29"',
      '  sandbox="allow-scripts allow-same-origin allow-popups"',
      '  width="100%"',
      '  height="640"',
      '  loading="lazy"',
      '></iframe>'
    ]);
  });

  it('leaves the # out where there is nothing after it', () => {
    const { link, frame } = shareTexts('https://a.b/', '', 'x');
    expect(link).toBe('https://a.b/');
    expect(frame).toContain('src="https://a.b/embed/"');
  });
});

describe('qrPath(text)', () => {
  it('draws a code of version 1 with its edge: 21 modules and 4 on each side', () => {
    const code = qrPath('HI')!;
    expect(code.size).toBe(29);
    // the three finder patterns have dark corners, 4 modules from the edge
    for (const corner of ['M4 4h1', 'M24 4h1', 'M4 24h1']) expect(code.path).toContain(corner);
    expect(code.path).not.toContain('M3 ');
  });

  it('is null for what no code can hold, counted in bytes', () => {
    expect(qrPath('a'.repeat(2953))).not.toBeNull();
    expect(qrPath('a'.repeat(2954))).toBeNull();
    expect(qrPath('字'.repeat(985))).toBeNull();
  });
});
