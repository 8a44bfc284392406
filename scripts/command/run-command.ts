import { isUsersError } from './usage-error.ts';

const USAGE_EXIT = 2;

/** Runs a command: exit code 0, or 2 with one line on stderr where its user can mend what is wrong. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  endQuietlyWithReader(process.stdout);
  process.stderr.on('error', () => {}); // nobody reads what is said on the way; the work is done all the same
  try {
    await main();
  } catch (error) {
    if (!isUsersError(error)) throw error;
    console.error(error.message.replaceAll(/\s*\n\s*/g, ' '));
    process.exitCode = USAGE_EXIT;
  }
}

/** Who reads the output may stop before its end, as `head` does: that is not a failure. */
function endQuietlyWithReader(output: NodeJS.WriteStream): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
