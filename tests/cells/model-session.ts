/** A model that ships and a session of cells on it, for all tests of a file. */
import { afterAll, beforeAll } from 'vitest';
import { folderFiles } from '../../scripts/command/model-folder.ts';
import { startBackend } from '../../scripts/command/node-backend.ts';
import { CellSession } from '../../src/lib/cells/index.ts';
import { loadModel, type Gpt2Model } from '../../src/lib/gpt2/index.ts';

export const NANO = 'gpt2-nano';

/** @param name its folder in static/models */
export function useModelSession(name = NANO) {
  let model: Gpt2Model;
  let session: CellSession;

  beforeAll(async () => {
    await startBackend('wasm');
    model = await loadModel(folderFiles('test', `static/models/${name}`), { layout: 'rows' });
    session = new CellSession(model);
  });
  afterAll(() => {
    session.dispose();
    model.dispose();
  });

  return {
    get model() {
      return model;
    },
    get session() {
      return session;
    }
  };
}
