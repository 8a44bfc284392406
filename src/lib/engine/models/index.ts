/** Models on their way: fetched, checked, kept, taken up again. Runs in the engine's worker and in Node. */
export { hubFolder, isSameAddress, parseAddress, type ModelAddress } from './address.ts';
export { licenceOfCard } from './hub-facts.ts';
export { ModelLibrary, type LibraryCall } from './library.ts';
export {
  isWeights,
  MODEL_NAME,
  WEIGHTS_FILE,
  type ModelSource,
  type SourceFile,
  type TransferProgress
} from './source.ts';
export {
  describeKept,
  parseRecord,
  RECORD_FILE,
  type KeptFile,
  type KeptFileRecord,
  type KeptModel,
  type KeptRecord,
  type ModelStore
} from './store.ts';
