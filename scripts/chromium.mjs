import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/** @returns {string | undefined} path of an installed Chromium or Chrome */
export function findChromium() {
  return PLACES.find((place) => place && existsSync(place));
}

/** Finds Chromium, or installs Debian's where this user may; ends the process with advice if neither works. */
export function ensureChromium() {
  if (findChromium()) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('Installing Chromium (apt-get) …\n');
    const options = { stdio: /** @type {['ignore', 2, 2]} */ (['ignore', 2, 2]) };
    spawnSync('apt-get', ['update', '-qq'], options);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  }
  if (findChromium()) return;
  process.stderr.write(
    'The browser tests need Chromium or Chrome. Install it, or set CHROMIUM_PATH to it.\n'
  );
  process.exit(1);
}
