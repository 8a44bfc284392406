/**
 * `npm run bench`: our engine beside onnxruntime-web, on the same seeded 124M weights in one headless Chromium.
 * `--json` prints one JSON object, `--quick` makes a short run.
 */
import { readdirSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { launch } from './bench/browser.ts';
import type { Case } from './bench/cases.ts';
import { benchThreads, type Check, type Plan } from './bench/forward.ts';
import { ensureOnnxTwin } from './bench/onnx-twin.ts';
import { CACHE, NANO, PAGE_CONFIG, SMALL, BUILT_EXPLORER } from './bench/places.ts';
import { tableOf, type BenchReport } from './bench/report.ts';
import { ensureSeededCheckpoint, GPT2_SMALL } from './bench/seeded-checkpoint.ts';
import { serveBench, serveFolder } from './bench/server.ts';
import { benchFirstPicture, benchMemory, benchNano, explorerIsBuilt } from './bench/small-cases.ts';
import { ensureChromium } from './chromium.mjs';

const FULL = { rounds: 7, lengths: [8, 32, 128], threads: [1, 2] };
const QUICK = { rounds: 5, lengths: [8, 32], threads: [1] };
const USAGE_EXIT = 2;

const folderBytes = (folder: string) =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

async function main({ quick, json }: { quick: boolean; json: boolean }): Promise<void> {
  ensureChromium();
  const folder = join(CACHE, SMALL);
  ensureSeededCheckpoint(folder, GPT2_SMALL, NANO);
  ensureOnnxTwin(folder, join(CACHE, 'venv'));
  await build({ configFile: PAGE_CONFIG });
  const plan: Plan = { ...(quick ? QUICK : FULL), bytes: folderBytes(folder) };
  const report = await measure(plan, quick);
  console.log(json ? JSON.stringify(report) : tableOf(report));
}

async function measure(plan: Plan, quick: boolean): Promise<BenchReport> {
  const { server, origin } = await serveBench();
  const browser = await launch();
  const cases: Case[] = [];
  const checks: Check[] = [];
  const left_out = ['generation with the key/value cache: the engine has none yet'];
  const step = (what: string) => process.stderr.write(`${what} …\n`);
  for (const threads of plan.threads) {
    step(`124M, ${threads} thread(s)`);
    const measured = await benchThreads(browser, origin, threads, plan);
    cases.push(...measured.cases);
    checks.push(...measured.checks);
  }
  step('gpt2-nano');
  cases.push(...(await benchNano(browser, origin, plan.rounds, folderBytes(NANO))));
  if (explorerIsBuilt()) {
    step('first picture');
    const explorer = await serveFolder(BUILT_EXPLORER);
    cases.push(await benchFirstPicture(browser, explorer.origin, plan.rounds, plan));
    explorer.server.close();
  } else left_out.push('first picture: build/ is not there (npm run build)');
  if (quick) left_out.push('peak memory: a quick run');
  else step('memory');
  const memory = quick ? null : await benchMemory(origin, plan.bytes);
  const [{ model: cpu }, { length: cores }] = [cpus()[0], cpus()];
  const machine = { cpu, cores, browser: `Chromium ${browser.version()}` };
  await browser.close();
  server.close();
  return { machine, rounds: plan.rounds, checks, cases, memory, left_out };
}

/** Null where the arguments are wrong. */
function options(): { quick: boolean; json: boolean } | null {
  try {
    const known = {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false }
    } as const;
    return parseArgs({ options: known }).values;
  } catch {
    return null;
  }
}

const chosen = options();
if (chosen) await main(chosen);
else {
  console.error('bench: arguments must be --quick or --json, got others. Leave them out for the whole run.');
  process.exitCode = USAGE_EXIT;
}
