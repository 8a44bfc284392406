import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatView } from '../../src/lib/state/url.ts';
import { anyView } from '../state/any-view.ts';
import { EMBED_PARTS, formatEmbedLink, parseEmbedLink } from '../../src/routes/embed/embed-link.ts';

describe('parseEmbedLink(text)', () => {
  it('takes what belongs to the frame, and leaves the view', () => {
    expect(parseEmbedLink('view=lens&theme=dark&hide=menu,controls,nothing&layer=2')).toEqual({
      view: 'view=lens&layer=2',
      theme: 'dark',
      hidden: ['controls', 'menu'],
      allowed: []
    });
  });

  it('counts what is no such value as left out', () => {
    expect(parseEmbedLink('theme=pink&hide=')).toEqual({ view: '', theme: null, hidden: [], allowed: [] });
  });

  it('reads what formatEmbedLink writes', () => {
    const link = {
      view: 'prompt=a%26b&view=flow',
      theme: 'light',
      hidden: ['table', 'footer'],
      allowed: []
    } as const;
    const text = formatEmbedLink(link);
    expect(text).toBe('prompt=a%26b&view=flow&theme=light&hide=table,footer');
    expect(parseEmbedLink(text)).toEqual(link);
    expect(formatEmbedLink({ view: '', theme: null, hidden: ['menu'], allowed: [] })).toBe('hide=menu');
  });

  it('takes a list of origins, whole ones alone', () => {
    const text = 'view=lens&allow=https://a.example,http://localhost:8080,b.example,https://c.example/path,*';
    const link = parseEmbedLink(text);
    expect(link.allowed).toEqual(['https://a.example', 'http://localhost:8080']);
    expect(formatEmbedLink(link)).toBe('view=lens&allow=https://a.example,http://localhost:8080');
  });

  it('reads what formatEmbedLink writes, of any view', () => {
    const part = fc.record({
      theme: fc.constantFrom('light' as const, 'dark' as const, null),
      hidden: fc.subarray([...EMBED_PARTS]),
      allowed: fc.subarray(['https://a.example', 'http://localhost:8080', 'http://[::1]:8080'])
    });
    fc.assert(
      fc.property(anyView, part, (state, rest) => {
        const link = { view: formatView({ ...state, theme: null }), ...rest };
        expect(parseEmbedLink(formatEmbedLink(link))).toEqual(link);
        const theme = rest.theme ?? state.theme;
        expect(parseEmbedLink(formatEmbedLink({ ...rest, view: formatView(state) }))).toEqual({
          ...link,
          theme
        });
      })
    );
  });

  it('lets no page in but by its whole origin, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.constant('null')), (text) => {
        const { allowed } = parseEmbedLink(new URLSearchParams({ allow: text }).toString());
        for (const origin of allowed) expect(origin).toMatch(/^\w+:\/\/[^/?#*,]+$/);
        parseEmbedLink(text);
      })
    );
  });
});
