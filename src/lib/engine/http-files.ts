import { ModelFileError, type ModelFiles } from '$lib/gpt2';
import type { LoadProgress } from './protocol';

export interface HttpFilesOptions {
  /** Address of the folder, ending in `/`. */
  readonly folder: string;
  /** Bytes of all files together, from the catalogue. */
  readonly totalBytes: number;
  readonly onprogress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * A model folder on a web server, read file by file with progress in bytes.
 *
 * Throws (from `read`): ModelFileError if a file is missing, cannot be reached or arrives short.
 */
export function httpFiles({ folder, totalBytes, onprogress, signal }: HttpFilesOptions): ModelFiles {
  let before = 0;
  return {
    async read(name) {
      const response = await fetchFile(folder + name, name, signal);
      const bytes = await readBody(response, (received) => {
        onprogress?.({ file: name, bytes: before + received, totalBytes });
      });
      before += bytes.length;
      return bytes;
    }
  };
}

async function fetchFile(url: string, name: string, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    const cause = error instanceof Error ? error.message : String(error);
    throw new ModelFileError(
      `model: ${name} must be reachable, got "${cause}". Check the connection and retry.`
    );
  }
  if (response.ok) return response;
  throw new ModelFileError(
    `model: ${name} must be served, got status ${response.status}. Check the model folder.`
  );
}

async function readBody(response: Response, onbytes: (received: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = response.body!.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    chunks.push(step.value);
    received += step.value.length;
    onbytes(received);
  }
  const bytes = new Uint8Array(received);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
