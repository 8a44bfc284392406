const MOST_BYTES = 16e6; // far above any file that people open here; a video chosen by mistake may have gigabytes

/** The text of a file that the reader chose: its beginning, where it is larger than any such file; empty where it cannot be read. */
export function readTextFile(file: Blob): Promise<string> {
  return file
    .slice(0, MOST_BYTES)
    .text()
    .catch(() => '');
}
