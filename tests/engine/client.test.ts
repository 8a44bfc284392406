import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Comlink from 'comlink';
import { Engine, isCancelled } from '$lib/engine/client';
import type { LoadProgress, ModelSource } from '$lib/engine/protocol';

const SOURCE: ModelSource = { name: 'gpt2', url: 'https://hub/', files: [], keep: true };
const at = (bytes: number): LoadProgress => ({
  file: 'model.safetensors',
  bytes,
  totalBytes: 100,
  speed: null,
  secondsLeft: null,
  wait: null,
  from: 'network'
});
type Report = (progress: LoadProgress) => Promise<void>;

/** The worker's side, whose download and load report as the test says and never end by themselves. */
class Remote {
  report: Report = () => Promise.reject(new Error('nothing was asked for'));
  finish: (value: null) => void = () => {};
  cancelled: number[] = [];

  download(_call: number, _source: ModelSource, report: Report): Promise<null> {
    this.report = report;
    return new Promise((resolve) => (this.finish = resolve));
  }

  load(call: number, source: ModelSource, report: Report): Promise<null> {
    return this.download(call, source, report);
  }

  cancel(call: number): void {
    this.cancelled.push(call);
  }
}

describe.each(['load', 'download'] as const)('progress of %s', (kind) => {
  let remote: Remote;
  let ports: MessageChannel;
  let seen: number[];
  let controller: AbortController;
  let call: Promise<unknown>;

  beforeEach(async () => {
    remote = new Remote();
    ports = new MessageChannel();
    Comlink.expose(remote, ports.port1);
    const page = ports.port2;
    page.start();
    vi.stubGlobal('Worker', function FakeWorker() {
      return page;
    });
    seen = [];
    controller = new AbortController();
    call = new Engine()[kind](SOURCE, ({ bytes }) => void seen.push(bytes), controller.signal);
    call.catch(() => {}); // each test looks at it
    await vi.waitFor(() => remote.report(at(1)));
    expect(seen).toContain(1);
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    ports.port1.close();
    ports.port2.close();
  });

  it('is heard while the call goes on, and not after it was cancelled', async () => {
    await remote.report(at(2));
    controller.abort();
    await remote.report(at(3));
    expect(isCancelled(await call.catch((error: unknown) => error))).toBe(true);
    expect(seen).toEqual([1, 2]);
    expect(remote.cancelled).toEqual([1]);
  });

  it('is not heard after the call has ended', async () => {
    remote.finish(null);
    await call;
    await remote.report(at(4));
    expect(seen).toEqual([1]);
  });
});
