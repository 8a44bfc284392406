/** Errors of the model library and of the engine that another backend would meet as well. */
const NOT_THE_BACKEND = new Set([
  'CatalogueError',
  'ConfigError',
  'InputError',
  'ModelFileError',
  'ShapeError',
  'TokenizerError',
  'TransferError',
  'ValiError',
  'WeightsError'
]);

/** True if the backend itself broke down: a lost context, a failed allocation, a crash. */
export function isBackendFault(error: unknown): boolean {
  return error instanceof Error && !NOT_THE_BACKEND.has(error.name);
}
