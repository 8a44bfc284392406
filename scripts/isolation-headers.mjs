/**
 * The two response headers that make a page cross-origin isolated, which a browser asks for before it allows
 * SharedArrayBuffer and so threads in the wasm backend. Without them the explorer runs on one thread.
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp'
};
