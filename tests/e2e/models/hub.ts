/** A hub of model files beside the page's own host, and a browser with a disk of its own. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { HubServer } from '../../models/hub-server.ts';
import type { FolderFiles } from '../../models/tiny-folder.ts';
import { Profile } from './profile.ts';

export const WEIGHTS = 'model.safetensors';

/**
 * One hub for all tests of a file, well-behaved and with nothing asked for yet at the start of each; a fresh browser
 * profile for each test.
 *
 * @param files what the hub serves, by name
 */
export function useHub(files: FolderFiles) {
  let hub: HubServer;
  let profile: Profile;

  beforeAll(async () => {
    hub = await HubServer.start(files);
  });
  afterAll(() => hub.stop());

  beforeEach(() => {
    profile = new Profile();
    hub.behave(WEIGHTS, {});
    hub.forget();
  });
  afterEach(() => profile.remove());

  return {
    get hub() {
      return hub;
    },
    get profile() {
      return profile;
    }
  };
}
