/** A forward pass on this machine's GPU: ours on webgl beside ours on wasm and onnxruntime-web on webgpu. */
import type { Browser, Page } from 'playwright-core';
import { inSoftware, launch, onGpu, openPage } from './browser.ts';
import { seededIds } from './prompts.ts';
import { summarise, type Summary } from './statistics.ts';

const ENGINES = ['ours, webgl', 'ours, wasm', 'onnxruntime-web, webgpu'] as const;
type GpuEngine = (typeof ENGINES)[number];

export interface GpuCase {
  readonly T: number;
  /** ms; null where an engine did not start. */
  readonly times: Readonly<Record<GpuEngine, Summary | null>>;
}

export interface GpuReport {
  /** What the driver calls itself. */
  readonly renderer: string;
  readonly rounds: number;
  readonly cases: readonly GpuCase[];
  /** Why an engine did not take part. */
  readonly left_out: readonly string[];
}

export interface GpuPlan {
  readonly rounds: number;
  readonly lengths: readonly number[];
  /** Address of the seeded weights, and of their twin for onnxruntime-web. */
  readonly folder: string;
  /** Of our wasm backend. */
  readonly threads: number;
}

const RENDERER = `(() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  return gl ? gl.getParameter(gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER) : 'none';
})()`;

const SOFTWARE = /swiftshader|llvmpipe|software|^none$/i;

/** On the GPU; where Chromium finds none, in software, which TensorFlow.js takes only where it is asked for by name. */
async function launchOnGpu(): Promise<Browser> {
  const browser = await launch(onGpu);
  const page = await browser.newPage();
  if (!SOFTWARE.test(await page.evaluate<string>(RENDERER))) {
    await page.close();
    return browser;
  }
  await browser.close();
  return launch([...onGpu, ...inSoftware]);
}

async function start(page: Page, engine: GpuEngine, folder: string): Promise<void> {
  await page.evaluate(
    async ([engine, folder]) => {
      const { ours, ort } = window.bench;
      if (engine === 'onnxruntime-web, webgpu')
        return void (await ort.load(folder, 1, 'forward.onnx', 'webgpu'));
      const wanted = engine === 'ours, webgl' ? 'webgl' : 'wasm';
      const { backend, passedOver } = await ours.start(wanted);
      if (backend !== wanted)
        throw new Error(`bench: the backend must be ${wanted}, got ${backend}: ${passedOver}.`);
      await ours.load(folder);
    },
    [engine, folder] as const
  );
}

const passed = (page: Page, engine: GpuEngine, ids: number[]): Promise<number> =>
  page.evaluate(([engine, ids]) => window.bench[engine.startsWith('ours') ? 'ours' : 'ort'].forward(ids), [
    engine,
    ids
  ] as const);

/** Rounds of all engines that start, each in a page of its own, one after another with other ids in each round. */
export async function benchGpu(origin: string, plan: GpuPlan): Promise<GpuReport> {
  const browser = await launchOnGpu();
  const pages = new Map<GpuEngine, Page>();
  const left_out: string[] = [];
  let renderer = '';
  for (const engine of ENGINES) {
    const page = await openPage(browser, origin, plan.threads);
    renderer ||= await page.evaluate<string>(RENDERER);
    try {
      await start(page, engine, plan.folder);
      pages.set(engine, page);
    } catch (error) {
      left_out.push(`${engine}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  const cases: GpuCase[] = [];
  for (const T of plan.lengths) {
    const times = new Map<GpuEngine, number[]>(ENGINES.map((engine) => [engine, []]));
    for (let round = -1; round < plan.rounds; round++) {
      for (const [engine, page] of pages) {
        const time = await passed(page, engine, seededIds(T, 1000 * T + round + 1));
        if (round >= 0) times.get(engine)!.push(time); // the first round compiles programs
      }
    }
    const summary = (engine: GpuEngine) => (pages.has(engine) ? summarise(times.get(engine)!) : null);
    const all = Object.fromEntries(ENGINES.map((engine) => [engine, summary(engine)]));
    cases.push({ T, times: all as GpuCase['times'] });
  }
  await browser.close();
  return { renderer, rounds: plan.rounds, cases, left_out };
}

/** Rows for the table of scripts/bench/gpu.md. */
export function gpuTable({ renderer, rounds, cases, left_out }: GpuReport): string[] {
  const shown = (summary: Summary | null) =>
    summary ? [summary.median, summary.lowest, summary.highest].map((ms) => ms.toFixed(1)) : null;
  const cell = (summary: Summary | null) => {
    const [median, lowest, highest] = shown(summary) ?? [];
    return median === undefined ? '-' : `${median} (${lowest} - ${highest})`;
  };
  return [
    `${renderer}; medians of ${rounds} rounds, ms (lowest - highest)`,
    `| T | ${ENGINES.join(' | ')} |`,
    `|-|${ENGINES.map(() => '-').join('|')}|`,
    ...cases.map(({ T, times }) => `| ${T} | ${ENGINES.map((engine) => cell(times[engine])).join(' | ')} |`),
    ...left_out.map((why) => `Left out: ${why}`)
  ];
}
