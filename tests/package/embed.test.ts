// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectEmbed, embedAddress, type EmbedEvents, type EmbedOptions } from '../../src/package/embed.ts';
import { parseEmbedLink } from '../../src/routes/embed/embed-link.ts';
import { HostMessages } from '../../src/routes/embed/host-messages.ts';

const SITE = 'https://your.host/lens/';
const PAGE = 'https://page.example';
const ANSWER_MS = 2_000;

/** A window that messages are sent to; who listens hears that they come from `other()`, which is at `origin`. */
function windowTo(other: () => object, origin: string) {
  return {
    postMessage: (data: unknown, { transfer: ports = [] }: { transfer?: readonly MessagePort[] }) =>
      void window.dispatchEvent(Object.assign(new Event('message'), { data, ports, origin, source: other() }))
  };
}

describe('connectEmbed(frame, events)', () => {
  const closers: (() => void)[] = [];
  const opened = vi.fn();
  beforeEach(() => void opened.mockReset());
  afterEach(() => {
    closers.splice(0).forEach((close) => close());
    vi.unstubAllGlobals();
    document.body.replaceChildren();
  });

  /** A frame of the page and the frame's own side of the messages, which comes from `origin`. */
  function pair(
    events: EmbedEvents,
    {
      allowed = [PAGE],
      origin = new URL(SITE).origin,
      sandbox
    }: EmbedOptions & { origin?: string; sandbox?: string } = {}
  ) {
    const inner: object = windowTo(() => outer, PAGE);
    const outer: object = windowTo(() => inner, origin);
    const frame = document.createElement('iframe');
    Object.defineProperty(frame, 'contentWindow', { value: inner });
    frame.src = embedAddress(SITE, 'view=lens', { allowed });
    if (sandbox !== undefined) {
      frame.setAttribute('sandbox', sandbox);
      Object.defineProperty(frame, 'sandbox', {
        value: { contains: (word: string) => sandbox.split(' ').includes(word) }
      });
    }
    const view = connectEmbed(frame, events);
    vi.stubGlobal('parent', outer);
    const host = new HostMessages(parseEmbedLink(new URL(frame.src).hash.slice(1)).allowed, opened);
    closers.push(
      () => view.close(),
      () => host.close()
    );
    return { view, host };
  }

  it('hears what the view says, and opens another view in it', async () => {
    const [ready, size] = [vi.fn(), vi.fn()];
    const { view, host } = pair({ ready, size });
    await host.tell('ready');
    await host.tell('size', 480);
    await host.tell('change', 'view=flow'); // nobody listens to it
    expect(ready).toHaveBeenCalledExactlyOnceWith();
    expect(size).toHaveBeenCalledExactlyOnceWith(480);
    await view.set('view=attention&layer=3');
    await vi.waitFor(
      () => expect(opened).toHaveBeenCalledExactlyOnceWith('view=attention&layer=3'),
      ANSWER_MS
    );
  });

  it('may not change a view whose link does not allow it, and hears it all the same', async () => {
    const ready = vi.fn();
    const { view, host } = pair({ ready }, { allowed: [] });
    await host.tell('ready');
    expect(ready).toHaveBeenCalledOnce();
    await expect(view.set('view=lens')).rejects.toThrow('set');
    expect(opened).not.toHaveBeenCalled();
  });

  it('hears a sandboxed frame, which has no origin of its own', async () => {
    const ready = vi.fn();
    const { host } = pair({ ready }, { origin: 'null', sandbox: 'allow-scripts' });
    await host.tell('ready');
    expect(ready).toHaveBeenCalledOnce();
  });

  it('does not hear a frame that another site has been opened in', async () => {
    const ready = vi.fn();
    const { host } = pair({ ready }, { origin: 'https://other.example' });
    void host.tell('ready');
    await new Promise((done) => setTimeout(done, 200));
    expect(ready).not.toHaveBeenCalled();
  });

  it('refuses a frame that is in no page', () => {
    expect(() => connectEmbed(document.createElement('iframe'))).toThrow(
      'connectEmbed: frame must be in a page, got one that is not. Append it first.'
    );
  });
});

describe('embedAddress(site, fields, options)', () => {
  it('is an address whose fields the frame reads back', () => {
    const options: EmbedOptions = { theme: 'dark', hidden: ['menu'], allowed: [PAGE] };
    const { origin, pathname, hash } = new URL(embedAddress(SITE, 'view=lens&layer=2', options));
    expect(`${origin}${pathname}`).toBe('https://your.host/lens/embed/');
    expect(parseEmbedLink(hash.slice(1))).toEqual({ view: 'view=lens&layer=2', ...options });
  });
});
