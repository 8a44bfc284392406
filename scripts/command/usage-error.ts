/** What was asked for cannot be done: told in one line, without a stack trace. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Errors of src/lib/gpt2/errors.ts that a wrong argument or a broken model folder can cause. */
const INPUT_ERRORS = new Set([
  'UsageError',
  'InputError',
  'ConfigError',
  'WeightsError',
  'TokenizerError',
  'ModelFileError',
  'TransferError',
  'RecordingError'
]);

/** True if the user can mend it; anything else is a bug and keeps its stack trace. */
export function isUsersError(error: unknown): error is Error {
  return error instanceof Error && INPUT_ERRORS.has(error.name);
}

/** The reason inside any thrown value. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
