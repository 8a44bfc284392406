/** What a worker beside the engine's own needs: a backend and models. No page may import this: it carries TensorFlow.js. */
export { chooseBackend } from './backend';
export { engineHost, withRunningThreads } from './engine-host';
export { ModelShelf } from './models/shelf';
export { CHECK_TOLERANCE, solveProblems } from './self-check';
