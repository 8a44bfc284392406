/**
 * `npm run test:notebook -- <folder>`: installs JupyterLab, marimo and the wheel that `npm run package` has made into a
 * virtual environment in the folder, draws two pictures in each of both in Chromium, selects a head, and reads the selection
 * in Python. Needs the internet where the folder is new.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';

const USAGE_EXIT = 2;
const START_MS = 90_000;
const PORT = 8899;
const ADDRESS = `http://127.0.0.1:${PORT}`;
const WHEELS = 'packages/python';
const MODEL = 'static/models/gpt2-nano';

/**
 * What shows the notebook: how it starts in the notebook's folder, an address that answers once it serves, and what a
 * reader does in it.
 * @typedef {{ name: string, start: string[], served: string, drive: (page: import('playwright-core').Page) => Promise<void> }} Host
 * @type {Host[]}
 */
const HOSTS = [
  {
    name: 'JupyterLab',
    start: [
      'jupyterlab',
      '--no-browser',
      '--allow-root',
      `--port=${PORT}`,
      '--IdentityProvider.token=',
      '--ip=127.0.0.1'
    ],
    served: '/api',
    drive: driveJupyterLab
  },
  {
    name: 'marimo',
    start: ['marimo', 'run', 'lens.py', '--headless', '--no-token', `--port=${PORT}`, '--host=127.0.0.1'],
    served: '/health',
    drive: driveMarimo
  }
];

const [environment] = process.argv.slice(2);
if (!environment) {
  process.stderr.write('Usage: npm run test:notebook -- <folder of a virtual environment, new or not>\n');
  process.exit(USAGE_EXIT);
}
const python = resolve(environment, 'bin', 'python');
const wheel = existsSync(WHEELS) ? readdirSync(WHEELS).find((name) => name.endsWith('.whl')) : undefined;
if (!wheel) throw new Error(`test:notebook: ${WHEELS} must hold a wheel. Run npm run package.`);

if (!existsSync(python)) run('python3', ['-m', 'venv', environment]);
run(python, ['-m', 'pip', 'install', '--quiet', 'jupyterlab', 'marimo', 'anywidget', 'numpy']);
run(python, ['-m', 'pip', 'install', '--quiet', '--force-reinstall', '--no-deps', join(WHEELS, wheel)]);

const folder = mkdtempSync(join(tmpdir(), 'gpt2-lens-notebook-'));
cpSync('scripts/package/notebook', folder, { recursive: true });
const recorded = ['--model', MODEL, '--prompt', 'Once upon a time', '--out', join(folder, 'once.lens')];
run('npm', ['run', '-s', 'record', '--', ...recorded]);
try {
  for (const host of HOSTS) await check(host);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`test:notebook: ${program} ${args.join(' ')} must succeed, got ${status}.`);
}

/** @param {Host} host */
async function check(host) {
  const server = spawn(python, ['-m', ...host.start], { cwd: folder, stdio: 'ignore' });
  const ended = new Promise((done) => server.once('exit', done));
  try {
    await served(host);
    await inBrowser(host);
    process.stdout.write(
      `${host.name} draws arrays and a recorded run, and what is selected comes back to Python.\n`
    );
  } finally {
    server.kill();
    await ended; // the next one takes the same port
  }
}

/** @param {Host} host */
async function served(host) {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    const answer = await fetch(ADDRESS + host.served).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`test:notebook: ${host.name} must answer on port ${PORT}, got nothing.`);
}

/** @param {Host} host */
async function inBrowser(host) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
    /** @type {string[]} */
    const foreign = [];
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') foreign.push(request.url());
    });
    await host.drive(page);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${host.name}.png`) });
    if (foreign.length > 0)
      throw new Error(`test:notebook: nothing may be fetched from elsewhere, got ${foreign}.`);
  } finally {
    await browser.close();
  }
}

/** @param {import('playwright-core').Page} page */
async function driveJupyterLab(page) {
  await page.goto(`${ADDRESS}/lab/tree/lens.ipynb?reset`);
  const cells = page.locator('.jp-CodeCell');
  await cells.first().waitFor({ timeout: START_MS });
  await page.getByText(/\| Idle/).waitFor({ timeout: START_MS }); // the kernel is there
  const runCell = async (/** @type {number} */ at) => {
    await cells.nth(at).locator('.cm-content').click();
    await page.keyboard.press('Shift+Enter');
  };
  await runCell(0);
  await selectHead(page);
  await runCell(1);
  const output = cells.nth(1).locator('.jp-OutputArea-output').first();
  await output.waitFor({ timeout: START_MS });
  const said = (await output.innerText()).trim();
  if (said !== "(0, 2, '')") throw new Error(`test:notebook: Python must read (0, 2, ''), got ${said}.`);
  await runCell(2);
  await recordedRun(page);
}

/** @param {import('playwright-core').Page} page */
async function driveMarimo(page) {
  await page.goto(ADDRESS); // cells run by themselves
  await selectHead(page);
  await page.getByText("selected: 0.2 ''").waitFor({ timeout: START_MS });
  await recordedRun(page);
}

/** @param {import('playwright-core').Page} page */
async function selectHead(page) {
  const picture = page.locator('lens-attention');
  await picture.getByRole('heading', { name: /Head 0\.0/ }).waitFor({ timeout: START_MS });
  await picture.locator('[data-head="0.2"]').click();
  await picture.getByRole('heading', { name: /Head 0\.2/ }).waitFor();
}

/** @param {import('playwright-core').Page} page */
async function recordedRun(page) {
  await page.locator('lens-logit-lens').getByRole('grid').first().waitFor({ timeout: START_MS });
}
