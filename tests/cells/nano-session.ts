/** The embedded model and a session of cells on it, for all tests of a file. */
import { afterAll, beforeAll } from 'vitest';
import { folderFiles } from '../../scripts/command/model-folder.ts';
import { startBackend } from '../../scripts/command/node-backend.ts';
import { CellSession } from '../../src/lib/cells/index.ts';
import { loadModel, type Gpt2Model } from '../../src/lib/gpt2/index.ts';

export function useNanoSession() {
  let model: Gpt2Model;
  let session: CellSession;

  beforeAll(async () => {
    await startBackend('wasm');
    model = await loadModel(folderFiles('test', 'static/models/gpt2-nano'), { layout: 'rows' });
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
