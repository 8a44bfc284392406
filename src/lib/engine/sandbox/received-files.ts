import type { Remote } from 'comlink';
import { ModelFileError, type ModelFiles } from '$lib/gpt2';
import type { HandedFiles } from './files-service';

/** The model's files in the sandbox, as the other side hands them over. An error has lost its class on the way. */
export function receivedFiles(remote: Remote<HandedFiles>): ModelFiles {
  return {
    names: () => named(remote.names()),
    read: (name) => named(remote.read(name)),
    async open(name) {
      const length = await named(remote.open(name));
      return {
        length,
        async *stream() {
          for (let part = await remote.next(name); part; part = await remote.next(name)) yield part;
        }
      };
    }
  };
}

async function named<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ModelFileError') throw new ModelFileError(error.message);
    throw error;
  }
}
