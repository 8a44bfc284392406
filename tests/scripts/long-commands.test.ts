import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** What a command that begins long work says where its arguments are wrong. */
function refusal(script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.mjs`, ...args], {
    encoding: 'utf8'
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  return stderr;
}

it.each([
  [['opera', '/bin/true'], 'the first argument must be one of chromium, firefox, webkit, got "opera".'],
  [
    ['firefox', '/no/such/browser'],
    `the second argument must be the browser's program, got "/no/such/browser".`
  ],
  [[], 'the first argument must be one of chromium, firefox, webkit, got "".']
])('npm run test:browsers -- %j is refused', (args, sentence) => {
  expect(refusal('test-browsers', ...args)).toBe(
    `test:browsers: ${sentence}\nnpm run test:browsers -- <chromium|firefox|webkit> <path of its program> [test files]\n`
  );
});

it.each([
  [['--minutes', '0'], 'fuzz: --minutes must be a number above 0, got "0". Try --minutes 10.\n'],
  [['--minutes', 'ten'], 'fuzz: --minutes must be a number above 0, got "ten". Try --minutes 10.\n'],
  [['--hours', '1'], "fuzz: Unknown option '--hours'"]
])('npm run fuzz -- %j is refused', (args, sentence) => {
  expect(refusal('fuzz', ...args)).toContain(sentence);
});
