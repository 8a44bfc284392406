/** What opens and writes recorded runs: fetched when the first one is. */
export const fetchRecordings = () => import('./recorded');
