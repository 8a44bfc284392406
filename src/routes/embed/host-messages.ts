import { connect, WindowMessenger, type RemoteProxy } from 'penpal';

/** What the page around an embedded view may offer; what it does not offer is not called. */
export type HostMethods = {
  /** The view is drawn. */
  ready(): void;
  /** The reader, or `set`, has changed the view: the fields of its link. */
  change(fields: string): void;
  /** How high the view is, px: for the frame's height. */
  size(height: number): void;
  /** The view cannot be shown: why, in a sentence. */
  error(sentence: string): void;
};

/** The frame's side of the messages between a page and the view in it. */
export class HostMessages {
  readonly #remote: Promise<RemoteProxy<HostMethods>>;
  readonly #destroy: () => void;

  /**
   * @param allowed origins of pages that may change the view; empty: any page hears of it, and none may change it
   * @param set opens the view of a link's fields
   */
  constructor(allowed: readonly string[], set: (fields: string) => void) {
    const isOpen = allowed.length > 0;
    const messenger = new WindowMessenger({
      remoteWindow: window.parent,
      allowedOrigins: isOpen ? [...allowed] : ['*']
    });
    const { promise, destroy } = connect<HostMethods>({
      messenger,
      methods: isOpen ? { set: (fields: unknown) => set(String(fields)) } : {}
    });
    this.#remote = promise;
    this.#remote.catch(() => {}); // the page around it does not speak
    this.#destroy = destroy;
  }

  /** Tells the page, if it listens to this. */
  async tell<Name extends keyof HostMethods>(
    name: Name,
    ...values: Parameters<HostMethods[Name]>
  ): Promise<void> {
    try {
      const remote = await this.#remote;
      await (remote[name] as (...values: unknown[]) => Promise<void>)(...values);
    } catch {
      // it has no such method, or the frame goes
    }
  }

  close(): void {
    this.#destroy();
  }
}
