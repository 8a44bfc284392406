import { describe, expect, it } from 'vitest';
import { formatEmbedLink, parseEmbedLink } from '../../src/routes/embed/embed-link.ts';

describe('parseEmbedLink(text)', () => {
  it('takes what belongs to the frame, and leaves the view', () => {
    expect(parseEmbedLink('view=lens&theme=dark&hide=menu,controls,nothing&layer=2')).toEqual({
      view: 'view=lens&layer=2',
      theme: 'dark',
      hidden: ['controls', 'menu']
    });
  });

  it('counts what is no such value as left out', () => {
    expect(parseEmbedLink('theme=pink&hide=')).toEqual({ view: '', theme: null, hidden: [] });
  });

  it('reads what formatEmbedLink writes', () => {
    const link = { view: 'prompt=a%26b&view=flow', theme: 'light', hidden: ['table', 'footer'] } as const;
    const text = formatEmbedLink(link);
    expect(text).toBe('prompt=a%26b&view=flow&theme=light&hide=table,footer');
    expect(parseEmbedLink(text)).toEqual(link);
    expect(formatEmbedLink({ view: '', theme: null, hidden: ['menu'] })).toBe('hide=menu');
  });
});
