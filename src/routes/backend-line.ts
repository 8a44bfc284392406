import type { BackendReport } from '$lib/engine';
import { reasonText, shellWords as words } from '$lib/words';

/** The backend in use as the header shows it. */
export function backendLine({ name, threads, missingThreads, checkError, passedOver }: BackendReport) {
  const remarks = passedOver.map((passed) => words.passedOver(passed.name, reasonText(passed.reason)));
  if (name === 'wasm' && !crossOriginIsolated) remarks.push(words.notIsolated);
  if (missingThreads) {
    const asked = threads + missingThreads.threads;
    remarks.push(words.missingThreads(threads, asked, reasonText(missingThreads.reason)));
  }
  return { name, detail: threads > 1 ? words.threads(name, threads) : name, checkError, remarks };
}
