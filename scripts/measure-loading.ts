/**
 * Measures the memory that loading GPT-2 small's size takes in a tab: `node scripts/run-ts.mjs scripts/measure-loading.ts`.
 * Writes seeded float32 weights (498 MB) into the engine harness's folder, opens them in headless Chromium on wasm, over
 * loopback and then from the kept copy, and prints the renderer's peak above its start, in bytes and in file sizes.
 * Needs Linux (/proc) and a harness that is built: run the browser tests once.
 */
import {
  copyFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type {} from '../tests/e2e/harness/main.ts';
import { seededRandom } from '../src/lib/gpt2/numbers/random.ts';
import { elementCount, weightSpec } from '../src/lib/gpt2/checkpoint/weight-spec.ts';
import { findChromium } from './chromium.mjs';
import { staticServer } from './static-server.mjs';

const HARNESS = 'node_modules/.cache/engine-harness';
const FOLDER = join(HARNESS, 'models/full-size');
const CONFIG = { n_layer: 12, n_head: 12, n_embd: 768, n_ctx: 1024, n_inner: 3072, vocab_size: 50_257 };
const FLOAT32_BYTES = 4;
const SEED = 1;
const WEIGHT_RANGE = 0.04; // uniform in [-0.02, 0.02)
const SAMPLE_MS = 20;
const BYTES_PER_KB = 1024;

function writeModel(): number {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'config.json'), JSON.stringify(CONFIG));
  for (const name of ['vocab.json', 'merges.txt'])
    copyFileSync(`static/models/gpt2-nano/${name}`, join(FOLDER, name));
  const spec = [...weightSpec(CONFIG as Parameters<typeof weightSpec>[0])].sort(([a], [b]) =>
    a < b ? -1 : 1
  ); // as the hub's file: wte last
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, shape] of spec) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, (end += FLOAT32_BYTES * elementCount(shape))] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const file = openSync(join(FOLDER, 'model.safetensors'), 'w');
  writeSync(file, Buffer.concat([length, json]));
  const next = seededRandom(SEED);
  for (const [, shape] of spec) {
    const values = Float32Array.from({ length: elementCount(shape) }, () => (next() - 0.5) * WEIGHT_RANGE);
    writeSync(file, new Uint8Array(values.buffer));
  }
  closeSync(file);
  return end;
}

/** Resident bytes of the largest renderer that has this profile. */
function rendererBytes(profile: string): number {
  const sizes = readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        if (!command.includes('--type=renderer') || !command.includes(profile)) return 0;
        return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      } catch {
        return 0; // it ended meanwhile
      }
    });
  return Math.max(...sizes) * BYTES_PER_KB;
}

/** Loads the model, and gives the peak above the start. */
async function measure(
  page: Page,
  origin: string,
  profile: string
): Promise<{ peak: number; ms: number; from: string }> {
  await page.goto(origin);
  await page.evaluate(async () => {
    const engine = new window.harness.Engine();
    await engine.start('wasm');
    Object.assign(window, { engine });
  });
  const start = rendererBytes(profile);
  let peak = start;
  const sampler = setInterval(() => (peak = Math.max(peak, rendererBytes(profile))), SAMPLE_MS);
  const { ms, from } = await page.evaluate(async () => {
    const { engine } = window as unknown as { engine: InstanceType<typeof window.harness.Engine> };
    const url = new URL('models/full-size/', document.baseURI).href;
    const started = performance.now();
    let from = '';
    await engine.load(
      { name: 'full-size', url, files: [], keep: true },
      (progress) => (from = progress.from)
    );
    return { ms: performance.now() - started, from };
  });
  clearInterval(sampler);
  return { peak: peak - start, ms, from };
}

const weights = writeModel();
const server = staticServer(HARNESS);
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const profile = mkdtempSync(join(tmpdir(), 'measure-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-quic', '--no-first-run']
});
try {
  for (let round = 0; round < 2; round++) {
    const page = await context.newPage();
    const { peak, ms, from } = await measure(page, origin, profile);
    console.log(
      `${from}: peak ${peak} bytes above the start, ${(peak / weights).toFixed(3)} of the weights' ${weights}, ${ms.toFixed(0)} ms`
    );
    await page.close();
  }
} finally {
  await context.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
  rmSync(FOLDER, { recursive: true, force: true });
}
