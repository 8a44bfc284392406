/**
 * `npm run bench`: our engine beside onnxruntime-web, on the same seeded 124M weights in one headless Chromium.
 * `--json` prints one JSON object, `--quick` makes a short run, `--forward` measures nothing but passes of the 124M
 * model, `--causal` nothing but causal measures of gpt2-nano beside as many whole passes of ours and of onnxruntime-web;
 * `--gpu` measures passes on this machine's GPU (scripts/bench/gpu.md), `--gpu-work` counts what gpt2-nano asks of WebGL and measures nothing;
 * `--lengths 8,32` and `--threads 1` choose which; `--compare FILE` prints this run beside an earlier one, whose `--json`
 * is in the file.
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { launch } from './bench/browser.ts';
import type { Case } from './bench/cases.ts';
import { benchCausal } from './bench/causal.ts';
import { comparisonOf, readReport } from './bench/compare.ts';
import { benchGeneration, speedOf, type Speed } from './bench/generation.ts';
import { benchThreads, type Check, type Plan } from './bench/forward.ts';
import { benchGpu, gpuTable } from './bench/gpu.ts';
import { benchGpuWork, gpuWorkTable } from './bench/gpu-work.ts';
import { ensureOnnxTwin } from './bench/onnx-twin.ts';
import { CACHE, NANO, PAGE_CONFIG, SMALL, SMALLEST, BUILT_EXPLORER } from './bench/places.ts';
import { causalTable, machineLine, tableOf, type BenchReport, type Machine } from './bench/report.ts';
import { ensureSeededCheckpoint, GPT2_NANO, GPT2_SMALL } from './bench/seeded-checkpoint.ts';
import { MOUNTS, serveBench, serveFolder } from './bench/server.ts';
import {
  benchFirstPicture,
  benchMemory,
  benchNano,
  benchSmallWebgl,
  explorerIsBuilt
} from './bench/small-cases.ts';
import { ensureChromium } from './chromium.mjs';
import { runCommand } from './command/run-command.ts';
import { UsageError } from './command/usage-error.ts';

const FULL = { rounds: 7, lengths: [8, 32, 128], threads: [1, 2] };
const QUICK = { rounds: 5, lengths: [8, 32], threads: [1] };

interface Options {
  readonly json: boolean;
  /** Passes of the 124M model and nothing else. */
  readonly forward: boolean;
  /** Causal measures of gpt2-nano and nothing else: needs no other weights. */
  readonly causal: boolean;
  /** Counts of what WebGL is asked to do, and nothing else. */
  readonly gpuWork: boolean;
  /** Passes on this machine's GPU, and nothing else. */
  readonly gpu: boolean;
  readonly quick: boolean;
  /** A file with an earlier run's `--json`; null: none. */
  readonly compare: string | null;
  readonly plan: Omit<Plan, 'reads'>;
}

async function main(options: Options): Promise<void> {
  const before = options.compare === null ? null : readReport(options.compare);
  ensureChromium();
  if (options.gpuWork) return countGpuWork(options);
  if (options.gpu) return measureGpu(options);
  if (!options.forward) ensureTwin(SMALLEST, GPT2_NANO);
  if (options.causal) return measureCausalAlone(options);
  ensureTwin(SMALL, GPT2_SMALL);
  await build({ configFile: PAGE_CONFIG });
  const plan = { ...options.plan, reads: !options.forward };
  const report = await measure(plan, options);
  console.log(options.json ? JSON.stringify(report) : tableOf(report));
  if (before) (options.json ? console.error : console.log)(`\n${comparisonOf(before, report)}`);
}

/** Seeded weights, and the same for onnxruntime-web. */
function ensureTwin(name: string, config: typeof GPT2_SMALL): void {
  const folder = join(CACHE, name);
  ensureSeededCheckpoint(folder, config, NANO);
  ensureOnnxTwin(folder, join(CACHE, 'venv'));
}

/** What `--causal` prints. */
async function measureCausalAlone({ json, plan }: Options): Promise<void> {
  await build({ configFile: PAGE_CONFIG });
  const { server, origin } = await serveBench();
  const browser = await launch();
  step('gpt2-nano, causal measures');
  const causal = await benchCausal(browser, origin, plan.rounds);
  const machine = machineOf(browser);
  await browser.close();
  server.close();
  const lines = [machineLine(machine, plan.rounds), ...causalTable(causal)];
  console.log(json ? JSON.stringify({ machine, rounds: plan.rounds, causal }) : lines.join('\n'));
}

/** What `--gpu` prints: of the 124M weights, or of gpt2-nano's shape where it is to be quick. */
async function measureGpu({ json, quick, plan }: Options): Promise<void> {
  if (quick) ensureTwin(SMALLEST, GPT2_NANO);
  else ensureTwin(SMALL, GPT2_SMALL);
  await build({ configFile: PAGE_CONFIG });
  const { server, origin } = await serveBench();
  const folder = quick ? MOUNTS.smallest : MOUNTS.small;
  const report = await benchGpu(origin, { ...plan, folder, threads: Math.max(...plan.threads) });
  server.close();
  console.log(json ? JSON.stringify(report) : gpuTable(report).join('\n'));
}

/** What `--gpu-work` prints. */
async function countGpuWork({ json }: Options): Promise<void> {
  await build({ configFile: PAGE_CONFIG });
  const { server, origin } = await serveBench();
  const browser = await launch();
  const found = await benchGpuWork(browser, origin);
  await browser.close();
  server.close();
  console.log(json ? JSON.stringify(found) : gpuWorkTable(found).join('\n'));
}

function machineOf(browser: Browser): Machine {
  const [{ model: cpu }, { length: cores }] = [cpus()[0], cpus()];
  return { cpu, cores, browser: `Chromium ${browser.version()}` };
}

const step = (what: string) => process.stderr.write(`${what} …\n`);

async function measure(plan: Plan, { forward, quick }: Options): Promise<BenchReport> {
  const { server, origin } = await serveBench();
  const browser = await launch();
  const cases: Case[] = [];
  const checks: Check[] = [];
  const left_out: string[] = [];
  const tokens_per_second: Speed[] = [];
  for (const threads of plan.threads) {
    step(`124M, ${threads} thread(s)`);
    const measured = await benchThreads(browser, origin, threads, plan);
    cases.push(...measured.cases);
    checks.push(...measured.checks);
    if (forward) continue;
    step(`124M, generation, ${threads} thread(s)`);
    const { generated, check } = await benchGeneration(browser, origin, threads, plan.rounds);
    cases.push(generated);
    tokens_per_second.push(speedOf(generated));
    checks.push(check);
  }
  if (forward) left_out.push('everything but the 124M model: --forward');
  let first_bytes: number | null = null;
  if (!forward) {
    const small = await measureSmall(browser, origin, plan, left_out);
    cases.push(...small.cases);
    first_bytes = small.bytes;
  }
  if (forward) left_out.push('causal measures: --forward');
  else step('gpt2-nano, causal measures');
  const causal = forward ? [] : await benchCausal(browser, origin, plan.rounds);
  if (forward || quick) left_out.push('124M on webgl: a short run');
  else {
    step('124M, webgl');
    cases.push(await benchSmallWebgl(browser, origin));
  }
  if (forward || quick) left_out.push('peak memory: a short run');
  else step('memory');
  const memory = forward || quick ? null : await benchMemory(origin);
  const machine = machineOf(browser);
  await browser.close();
  server.close();
  const { rounds } = plan;
  return { machine, rounds, checks, cases, causal, tokens_per_second, first_bytes, memory, left_out };
}

/** The embedded model, and the explorer that opens it. */
async function measureSmall(
  browser: Browser,
  origin: string,
  plan: Plan,
  left_out: string[]
): Promise<{ cases: Case[]; bytes: number | null }> {
  step('gpt2-nano');
  const cases = await benchNano(browser, origin, plan.rounds);
  if (!explorerIsBuilt()) {
    left_out.push('first picture: build/ is not there (npm run build)');
    return { cases, bytes: null };
  }
  step('first picture');
  const explorer = await serveFolder(BUILT_EXPLORER);
  const first = await benchFirstPicture(browser, explorer.origin, plan.rounds, plan);
  explorer.server.close();
  return { cases: [...cases, ...first.cases], bytes: first.bytes };
}

const numbers = (text: string) => text.split(',').map(Number);

/** Throws: UsageError where the arguments are wrong. */
function parseOptions(): Options {
  const flag = { type: 'boolean', default: false } as const;
  const list = { type: 'string' } as const;
  try {
    const modes = { quick: flag, json: flag, forward: flag, causal: flag, gpu: flag, 'gpu-work': flag };
    const options = { ...modes, lengths: list, threads: list, compare: list };
    const { 'gpu-work': gpuWork, lengths, threads, ...given } = parseArgs({ options }).values;
    const { quick, json, forward, causal, gpu, compare = null } = given;
    const plan = { ...(quick ? QUICK : FULL) };
    if (lengths) plan.lengths = numbers(lengths);
    if (threads) plan.threads = numbers(threads);
    const whole = [...plan.lengths, ...plan.threads].every((value) => Number.isInteger(value) && value > 0);
    if (whole) return { quick, json, forward, causal, gpu, gpuWork, compare, plan };
  } catch {
    // an argument that it does not know
  }
  const known =
    '--quick, --json, --forward, --causal, --gpu, --gpu-work, --lengths 8,32, --threads 1,2 or --compare FILE';
  throw new UsageError(`bench: arguments must be ${known}, got others. Leave them out for the whole run.`);
}

await runCommand(async () => main(parseOptions()));
