export const prerender = true;
/** Everything is computed and drawn in the browser; the prerendered file is a shell. */
export const ssr = false;
