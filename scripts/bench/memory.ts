import { existsSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

const KIB = 1024;

/**
 * The most memory that the browser's tab has held, in bytes: VmHWM of its largest renderer process. Null where /proc
 * is not there (other systems than Linux).
 */
export async function peakTabBytes(browser: Browser): Promise<number | null> {
  if (!existsSync('/proc/self/status')) return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakOf(id));
  await session.detach();
  return Math.max(...peaks);
}

function peakOf(process: number): number {
  const status = readFileSync(`/proc/${process}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB;
}
