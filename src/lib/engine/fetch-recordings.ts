/** What opens and writes recorded runs: fetched when the first one is. */
export const fetchRecordings = () => import('./recorded');

/** What shows a trace of the same page as a run. */
export const fetchOpenTrace = async () => (await import('./recorded/open-trace')).openTrace;
