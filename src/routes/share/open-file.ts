import { problemText, formatSession, messages, parseSession, type Explorer } from '$lib/state';
import { readTextFile } from '$lib/viz';

const SESSION = /\.json$/i;

/** Opens a file that the reader chose or dropped: a session, or a recorded run. What it cannot open is said. */
export async function openFile(explorer: Explorer, file: File): Promise<void> {
  if (!SESSION.test(file.name)) {
    await explorer.recording.open(file);
    return;
  }
  try {
    const { link, notes } = parseSession(await readTextFile(file));
    explorer.notes = notes;
    if (explorer.recording.engine) await explorer.recording.close();
    await explorer.links.reopen(link);
  } catch (error) {
    explorer.reports.note(() => messages.sessionFailed(problemText(error)));
  }
}

/** The session as the text of a file. */
export const sessionText = ({ selection: { link }, notes }: Explorer): string =>
  formatSession({ link, notes }, new Date().toISOString());
