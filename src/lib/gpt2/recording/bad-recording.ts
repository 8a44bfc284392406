import { mustBe, RecordingError } from '../errors.ts';

/** A part of a file that no recorded run has: `<part> must be <expected>, got <actual>. <advice>`. */
export function badRecording(
  part: string,
  [expected, actual]: readonly [expected: string, actual: unknown],
  advice: string,
  cause?: unknown
): RecordingError {
  return unreadable(part, mustBe(part, expected, actual, advice), cause);
}

/** The same of a part about which another reader has said what is wrong. */
export function unreadable(part: string, problem: string, cause: unknown): RecordingError {
  return new RecordingError(
    `readRecording: ${problem}`,
    { code: 'recordingPart', values: [part, problem] },
    { cause }
  );
}
