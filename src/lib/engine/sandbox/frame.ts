/**
 * A hidden frame of an opaque origin with the cells' worker inside: no network, no storage, no service worker, and nothing
 * of the page around it. The policy of the frame's page holds for its worker too.
 */

/** Where the two parts of the sandbox are. */
export interface SandboxAddresses {
  /** The frame's page. */
  readonly page: string;
  /** The worker's script. */
  readonly script: string;
}

const ANSWER_MS = 20_000; // many times what a small page takes

/** The sandbox cannot be had here. */
export class SandboxStartError extends Error {
  override name = 'SandboxStartError';
}

export class SandboxFrame {
  readonly #frame: HTMLIFrameElement;
  readonly #signal: AbortSignal;
  /** Leads to what the worker exposes. */
  readonly port: MessagePort;

  private constructor(frame: HTMLIFrameElement, port: MessagePort, signal: AbortSignal) {
    this.#frame = frame;
    this.port = port;
    this.#signal = signal;
  }

  /** Throws: SandboxStartError if the frame or its script does not come. */
  static async open({ page, script }: SandboxAddresses, signal: AbortSignal): Promise<SandboxFrame> {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.title = ''; // nothing in it is to be read
    frame.tabIndex = -1;
    // Our service worker answers with a header that says the same; a frame that is sandboxed by its element would not be
    // answered by it, and so not open without the internet. The frame's script starts nothing where neither holds.
    if (!navigator.serviceWorker?.controller) frame.setAttribute('sandbox', 'allow-scripts');
    const close = () => frame.remove();
    signal.addEventListener('abort', close, { once: true });
    try {
      const ready = heard(frame, signal, ANSWER_MS);
      frame.src = page;
      document.body.append(frame);
      const [code] = await Promise.all([fetchText(script, signal), ready]);
      const { port1, port2 } = new MessageChannel();
      frame.contentWindow!.postMessage(code, '*', [port2]); // an opaque origin has no name
      return new SandboxFrame(frame, port1, signal);
    } catch (error) {
      close();
      throw error;
    }
  }

  /** Rejects if the worker breaks down while it starts. */
  failure(): Promise<void> {
    return heard(this.#frame, this.#signal, Infinity);
  }

  /** Ends the worker and everything in it, at once. */
  close(): void {
    this.port.close();
    this.#frame.remove();
  }
}

interface FrameMessage {
  readonly cells?: { readonly ready?: true; readonly failed?: string };
}

/** Waits until the frame's own script says that it is there; rejects if it says what failed, or is silent too long. */
function heard(frame: HTMLIFrameElement, signal: AbortSignal, answerMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (problem: string | null) => {
      clearTimeout(timer);
      removeEventListener('message', hear);
      if (problem === null) resolve();
      else reject(new SandboxStartError(`The sandbox for cells did not start: ${problem}.`));
    };
    const hear = ({ source, data }: MessageEvent<FrameMessage | null>) => {
      const said = source !== null && source === frame.contentWindow ? data?.cells : undefined;
      if (said) end(said.ready ? null : String(said.failed));
    };
    const silent = () => end('its page does not answer');
    const timer = answerMs < Infinity ? setTimeout(silent, answerMs) : undefined;
    addEventListener('message', hear);
    signal.addEventListener('abort', () => end('it was closed'), { once: true });
  });
}

async function fetchText(address: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new SandboxStartError(`The cells' script answers ${response.status}.`);
  return response.text();
}
