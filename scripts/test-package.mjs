/**
 * `npm run test:package`: installs the tarball that `npm run package` has made, from the registry's TensorFlow.js and Vite,
 * runs the library in plain Node, and draws pictures in an empty Vite project in Chromium. Needs the internet.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { staticServer } from './static-server.mjs';

const MODEL = 'static/models/gpt2-nano';
const PROMPT = 'Once upon a time';
const START_MS = 60_000;
const { version, dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const tarball = resolve(`packages/gpt2-lens-${version}.tgz`);
if (!existsSync(tarball)) throw new Error(`test:package: ${tarball} must be there. Run npm run package.`);

const folder = mkdtempSync(join(tmpdir(), 'gpt2-lens-package-'));
try {
  install();
  run(process.execPath, ['node-check.mjs']);
  run(join('node_modules', '.bin', 'vite'), ['build', '--logLevel', 'warn']);
  await draw();
  process.stdout.write('The package works in plain Node and in an empty Vite project.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} program @param {string[]} args */
function run(program, args, cwd = folder) {
  const { status } = spawnSync(program, args, { cwd, stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`test:package: ${program} ${args.join(' ')} must succeed, got ${status}.`);
}

/** An empty project with the package, and a recorded run for its pictures. */
function install() {
  const needs = {
    'gpt2-lens': `file:${tarball}`,
    '@tensorflow/tfjs-core': dependencies['@tensorflow/tfjs-core'],
    '@tensorflow/tfjs-backend-cpu': dependencies['@tensorflow/tfjs-backend-cpu'],
    vite: devDependencies.vite
  };
  const manifest = { name: 'empty', private: true, type: 'module', dependencies: needs };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  for (const name of ['index.html', 'main.js', 'node-check.mjs'])
    cpSync(`scripts/package/project/${name}`, join(folder, name));
  cpSync(MODEL, join(folder, 'public/gpt2-nano'), { recursive: true });
  mkdirSync(join(folder, 'public'), { recursive: true });
  run('npm', ['install', '--no-audit', '--no-fund', '--silent']);
  const out = join(folder, 'public/once.lens');
  const record = ['run', '-s', 'record', '--', '--model', MODEL, '--prompt', PROMPT, '--out', out];
  run('npm', record, '.');
}

/** Opens the built project: every picture must be drawn, and a selection reach the others of its group. */
async function draw() {
  const server = staticServer(join(folder, 'dist')).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`http://127.0.0.1:${port}/`);
    for (const tag of await page.locator('main > *').all()) {
      await tag.locator('svg, canvas, [role=grid], .next button').first().waitFor({ timeout: START_MS });
      process.stdout.write(`drawn: ${await tag.evaluate((element) => element.id)}\n`);
    }
    await page.locator('#attention [data-head="0.5"]').click();
    const heads = await page.evaluate(() =>
      [...document.querySelectorAll('[group=one]')].map((each) => {
        const { selection } = /** @type {any} */ (each);
        return `${selection.layer}.${selection.head}`;
      })
    );
    if (heads.some((head) => head !== '0.5'))
      throw new Error(`test:package: the group must have selected 0.5, got ${heads.join(', ')}.`);
    if (complaints.length > 0) throw new Error(`test:package: ${complaints.join('\n')}`);
    if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT, fullPage: true });
  } finally {
    await browser.close();
    server.close();
  }
}
