/** A session as a file: the whole view, with prompts, edits, pinned heads and selection, and the reader's notes. */
import * as v from 'valibot';
import { LINK_VERSION, readAddress } from './address';

const FORMAT = 'gpt2-lens session';
const VERSION = 1;
const MOST_LETTERS = 1_000_000; // of a file; far above what a link holds
const MOST_NOTES = 100_000;

const schema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  saved: v.string(),
  /** The fields of a link, each as the link spells it; `v` is the link's version. */
  view: v.record(v.string(), v.string()),
  notes: v.pipe(v.string(), v.maxLength(MOST_NOTES))
});

/** The file is not a session, or not one that this version reads. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  /** By which the page says it in its language. */
  readonly fault = { code: 'session', values: [this.message.replace(/^parseSession: /, '')] };
}

export interface Session {
  /** The fields of a link, as a query without `?`. */
  readonly link: string;
  readonly notes: string;
}

/** @param saved when, as an ISO date */
export function formatSession({ link, notes }: Session, saved: string): string {
  const view = { v: String(LINK_VERSION), ...Object.fromEntries(new URLSearchParams(link)) };
  return `${JSON.stringify({ format: FORMAT, version: VERSION, saved, view, notes }, null, 1)}\n`;
}

/**
 * Reads a session; its link is of the newest version, whatever the file's was.
 *
 * Throws: SessionError that names the field.
 */
export function parseSession(text: string): Session {
  const must = (what: string, got: string, cause?: unknown) =>
    new SessionError(
      `parseSession: the file must ${what}, got ${got}. Choose a file that was saved as a session.`,
      { cause }
    );
  if (text.length > MOST_LETTERS) throw must(`have at most ${MOST_LETTERS} letters`, String(text.length));
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw must('be JSON', 'something else', error);
  }
  const parsed = v.safeParse(schema, found, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw must(
      `hold a session of version ${VERSION}`,
      `${v.getDotPath(issue) ?? 'its root'}: ${issue.message}`
    );
  }
  const { view, notes } = parsed.output;
  const { text: link } = readAddress({ hash: `#${new URLSearchParams(view)}`, search: '' });
  return { link, notes };
}
