const THREADED_MODULE = 'tfjs-backend-wasm-threaded-simd.js';
const GUARD = 'typeof _scriptDir !== "undefined" && _scriptDir';

/**
 * Keeps tfjs's threaded wasm module working after minification: the minifier renames `_scriptDir` away under the
 * module's own `typeof` guard ("e is not defined" at start). In a module worker the guard is never true, so it
 * becomes `false`.
 *
 * @returns {import('vite').Plugin}
 */
export function keepThreadedWasm() {
  return {
    name: 'keep-threaded-wasm',
    transform(code, id) {
      if (!id.includes(THREADED_MODULE)) return null;
      return { code: code.replaceAll(GUARD, 'false'), map: null };
    }
  };
}
