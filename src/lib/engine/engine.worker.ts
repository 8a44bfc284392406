import * as Comlink from 'comlink';
import { readPreparation } from './early-worker';
import { EngineService } from './service';
import { sendFaults } from './thrown';
import { withMovedArrays } from './transfer-arrays';

/** A thread of the backend that fails is reported as an event, which says nothing as a string: its message is passed on. */
self.addEventListener('error', (event) => {
  const inner = event.error as unknown;
  if (!(inner instanceof ErrorEvent)) return;
  event.preventDefault();
  reportError(new Error(inner.message));
});

const service = new EngineService();
const preparation = readPreparation(self.name);
if (preparation) service.prepare(preparation);
sendFaults();
Comlink.expose(withMovedArrays(service));
