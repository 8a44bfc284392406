// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LanguageChoice, ThemeChoice } from '../../src/lib/state';
import { recall, remember } from '../../src/lib/state/device-memory';

const denied = () => {
  throw new DOMException('Access is denied for this document.', 'SecurityError');
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  remember('a', null);
  localStorage.clear();
});

describe('remember(name, value)', () => {
  it('keeps a choice on the device, and forgets it', () => {
    remember('a', 'one');
    expect([recall('a'), localStorage.getItem('a')]).toEqual(['one', 'one']);
    remember('a', null);
    expect([recall('a'), localStorage.getItem('a')]).toEqual([null, null]);
  });

  it('holds a choice in memory where there is no room, before an older one on the device', () => {
    remember('a', 'old');
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(denied);
    remember('a', 'new');
    expect([recall('a'), localStorage.getItem('a')]).toEqual(['new', 'old']);
  });

  it('holds it where the page may not even ask for its storage', async () => {
    vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(denied);
    expect(recall('a')).toBeNull();
    remember('a', 'one');
    expect(recall('a')).toBe('one');
    vi.stubGlobal('matchMedia', () => new EventTarget());
    const theme = new ThemeChoice();
    theme.preference = 'dark';
    expect(new ThemeChoice().preference).toBe('dark');
    theme.preference = 'system';
    const language = new LanguageChoice();
    await language.open('');
    expect(language.chosen).toBeNull();
  });

  it('draws as the link says, and writes a choice into it', () => {
    vi.stubGlobal('matchMedia', () => new EventTarget());
    const view: { theme: 'light' | 'dark' | null } = { theme: 'dark' };
    const theme = new ThemeChoice({ view, show: (change) => Object.assign(view, change) });
    expect([theme.preference, recall('gpt2-lens:theme')]).toEqual(['dark', null]);
    theme.preference = 'light';
    expect([view.theme, recall('gpt2-lens:theme')]).toEqual(['light', 'light']);
    theme.preference = 'system';
    expect([view.theme, theme.preference]).toEqual([null, 'system']);
  });
});
