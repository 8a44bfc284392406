import { isUsersError } from './usage-error.ts';

const USAGE_EXIT = 2;

/** Runs a command: exit code 0, or 2 with one line on stderr where its user can mend what is wrong. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!isUsersError(error)) throw error;
    console.error(error.message.replaceAll(/\s*\n\s*/g, ' '));
    process.exitCode = USAGE_EXIT;
  }
}
