/** What the engine's worker is called. The one that the page's head starts has a longer name: see early-worker.ts. */
export const ENGINE = 'engine';
/** Called so, it keeps nothing in the browser. */
export const ENGINE_KEEPS_NOTHING = 'engine-keeps-nothing';
