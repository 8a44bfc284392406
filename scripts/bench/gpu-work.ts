/** Counts what the engine asks of WebGL. In software the counts and bytes are what they are on any device; times are not. */
import type { Browser, Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { seededIds } from './prompts.ts';
import { MOUNTS } from './server.ts';

/** What one call asked of WebGL. */
export interface GpuWork {
  readonly what: string;
  readonly T: number;
  /** Programs run. */
  readonly dispatches: number;
  /** Textures filled from the processor's memory. */
  readonly uploads: number;
  readonly uploaded_bytes: number;
  /** Transfers back. */
  readonly reads: number;
  readonly read_bytes: number;
}

type Counts = Omit<GpuWork, 'what' | 'T'>;

const LENGTHS = [14, 128];
const LAYER = 5;

/** Stands before the engine's worker: counts its calls of WebGL, and tells and forgets the counts when it is asked. */
const COUNTING = `{
  const none = () => ({ dispatches: 0, uploads: 0, uploaded_bytes: 0, reads: 0, read_bytes: 0 });
  let counts = none();
  const before = (name, note) => {
    const own = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
      note(given);
      return own.apply(this, given);
    };
  };
  const dispatched = () => counts.dispatches++;
  const uploaded = (given) => {
    const data = given.find((value) => ArrayBuffer.isView(value));
    if (!data) return;
    counts.uploads++;
    counts.uploaded_bytes += data.byteLength;
  };
  before('drawArrays', dispatched);
  before('drawElements', dispatched);
  before('texImage2D', uploaded);
  before('texSubImage2D', uploaded);
  before('readPixels', ([, , width, height, , type]) => {
    counts.reads++;
    counts.read_bytes += width * height * 4 * (type === WebGL2RenderingContext.FLOAT ? 4 : 1);
  });
  const channel = new BroadcastChannel('gpu-work');
  channel.onmessage = ({ data }) => {
    if (data !== 'tell') return;
    channel.postMessage(counts);
    counts = none();
  };
}
`;

/** The counts since this was asked last. */
const TOLD = `new Promise((resolve) => {
  const channel = new BroadcastChannel('gpu-work');
  channel.onmessage = ({ data }) => {
    channel.close();
    resolve(data);
  };
  channel.postMessage('tell');
})`;

/** gpt2-nano's pass and what three views read of it, at each length; programs and weights are there already. */
export async function benchGpuWork(browser: Browser, origin: string): Promise<GpuWork[]> {
  const page = await openPage(browser, origin, 1, COUNTING);
  await page.evaluate(() => window.bench.ours.start('webgl'));
  await page.evaluate((at) => window.bench.ours.load(at), MOUNTS.nano);
  const found: GpuWork[] = [];
  for (const T of LENGTHS) {
    await worked(page, T, 1);
    found.push(...(await worked(page, T, 2)));
  }
  await page.context().close();
  return found;
}

async function worked(page: Page, T: number, seed: number): Promise<GpuWork[]> {
  const readCounts = () => page.evaluate<Counts>(TOLD);
  await readCounts();
  const trace = await page.evaluate((ids) => window.bench.ours.open(ids), seededIds(T, seed));
  const found: GpuWork[] = [{ what: 'a pass, and the last logits', T, ...(await readCounts()) }];
  for (const view of ['attention', 'norms', 'flow'] as const) {
    await page.evaluate(([trace, view, layer]) => window.bench.ours.view(trace, view, layer), [
      trace,
      view,
      LAYER
    ] as const);
    found.push({ what: `what ${view} reads`, T, ...(await readCounts()) });
  }
  await page.evaluate((trace) => window.bench.ours.close(trace), trace);
  return found;
}

/** A table of the counts. */
export function gpuWorkTable(found: readonly GpuWork[]): string[] {
  const rows = found.map(
    ({ what, T, dispatches, uploads, uploaded_bytes, reads, read_bytes }) =>
      `| ${what} | ${T} | ${dispatches} | ${uploads} (${uploaded_bytes}) | ${reads} (${read_bytes}) |`
  );
  return [
    '| webgl, gpt2-nano | T | programs run | uploads (bytes) | reads (bytes) |',
    '|-|-|-|-|-|',
    ...rows
  ];
}
