import type { BackendReport } from '$lib/engine';
import { formatFixed } from '$lib/viz';
import { reasonText, shellWords as words } from '$lib/words';

/** The backend in use as the header shows it. */
export function backendLine({ name, threads, missingThreads, checkError, timed, passedOver }: BackendReport) {
  const remarks = passedOver.map((passed) => words.passedOver(passed.name, reasonText(passed.reason)));
  if (name === 'wasm' && !crossOriginIsolated) remarks.push(words.notIsolated);
  if (missingThreads) {
    const wanted = threads + missingThreads.threads;
    remarks.push(words.missingThreads(threads, wanted, reasonText(missingThreads.reason)));
  }
  if (timed.length > 0) {
    const times = timed.map(({ name: one, times: { short, long } }) =>
      words.blockTimes(one, formatFixed(short, 1), formatFixed(long, 1))
    );
    remarks.push(words.timed(times));
  }
  return { name, detail: threads > 1 ? words.threads(name, threads) : name, checkError, remarks };
}
