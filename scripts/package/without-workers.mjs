const WORKER = /new Worker\(\s*new URL\((['"][^'"]+['"]), import\.meta\.url\)/g;
const REFUSED =
  '((script) => { throw new Error(`gpt2-lens: a picture must be given a run, got none to read (${script}). ' +
  'Set recording, trace or arrays.`); })(';

/**
 * Leaves out the scripts of workers: a picture of the package reads the run that it is given and starts none. The bundler
 * would build each script that a module names.
 *
 * @returns {import('vite').Plugin}
 */
export function withoutWorkers() {
  return {
    name: 'without-workers',
    enforce: 'pre',
    transform(code) {
      if (!code.includes('new Worker(')) return null;
      return { code: code.replaceAll(WORKER, `${REFUSED}$1`), map: null };
    },
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk' && file.code.includes('new Worker('))
          throw new Error(`package: ${file.fileName} must start no worker, got code that does.`);
      }
    }
  };
}
