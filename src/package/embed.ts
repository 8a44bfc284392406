/**
 * The side of a page that embeds a view in a frame: its address, and the messages between page and view.
 *
 * @module
 */
import { connect, WindowMessenger } from 'penpal';
import { formatEmbedLink, type EmbedLink } from '../routes/embed/embed-link';
import type { HostMethods } from '../routes/embed/host-messages';

/** What the page hears; what it leaves out it does not hear. */
export type EmbedEvents = Partial<HostMethods>;

export type EmbedOptions = Partial<Pick<EmbedLink, 'theme' | 'hidden' | 'allowed'>>;

/** A view in a frame, as its page speaks with it. */
export interface EmbeddedView {
  /** Opens the view of a link's fields. Rejects where the frame's link does not name this page in `allow`. */
  set(fields: string): Promise<void>;
  /** Ends the messages; the frame stays. */
  close(): void;
}

/**
 * The address of a view, for a frame's `src`.
 *
 * @param site where GPT-2 Lens is served: `https://your.host/lens/`
 * @param fields what stands after the `#` of the explorer's link: `v=2&view=attention&layer=3`
 */
export function embedAddress(site: string, fields: string, options: EmbedOptions = {}): string {
  const link = { view: fields, theme: null, hidden: [], allowed: [], ...options };
  return `${new URL('embed/', site).href}#${formatEmbedLink(link)}`;
}

/**
 * Speaks with the view in a frame.
 *
 * @param frame its `src` is an address of `embedAddress`
 * Throws: Error if the frame is in no page; TypeError if its `src` is not an address.
 */
export function connectEmbed(frame: HTMLIFrameElement, events: EmbedEvents = {}): EmbeddedView {
  const { contentWindow } = frame;
  if (!contentWindow)
    throw new Error('connectEmbed: frame must be in a page, got one that is not. Append it first.');
  // a frame without allow-same-origin has no origin of its own
  const isOpaque = frame.hasAttribute('sandbox') && !frame.sandbox.contains('allow-same-origin');
  const messenger = new WindowMessenger({
    remoteWindow: contentWindow,
    allowedOrigins: [isOpaque ? '*' : new URL(frame.src).origin]
  });
  const { promise, destroy } = connect<{ set(fields: string): void }>({ messenger, methods: { ...events } });
  promise.catch(() => {}); // closed before the view has answered
  return { set: async (fields) => (await promise).set(fields), close: destroy };
}
