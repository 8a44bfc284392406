import * as Comlink from 'comlink';
import { readPreparation } from './early-worker';
import { EngineService } from './service';

/** Buffers of every typed array in a result or in its lists, so that they move to the page instead of being copied. */
function buffersIn(result: unknown): ArrayBuffer[] {
  if (typeof result !== 'object' || result === null) return [];
  const values = ArrayBuffer.isView(result) ? [result] : Object.values(result).flat();
  return values.filter((value) => ArrayBuffer.isView(value)).map((view) => view.buffer as ArrayBuffer);
}

/** The service with transferring results: what leaves the worker is the worker's no more. */
class TransferringService extends EngineService {
  override async read(...args: Parameters<EngineService['read']>) {
    return moved(await super.read(...args));
  }
  override async logits(...args: Parameters<EngineService['logits']>) {
    return moved(await super.logits(...args));
  }
  override async lens(...args: Parameters<EngineService['lens']>) {
    return moved(await super.lens(...args));
  }
  override async headMaps(...args: Parameters<EngineService['headMaps']>) {
    return moved(await super.headMaps(...args));
  }
  override async norms(...args: Parameters<EngineService['norms']>) {
    return moved(await super.norms(...args));
  }
  override async flow(...args: Parameters<EngineService['flow']>) {
    return moved(await super.flow(...args));
  }
  override async loss(...args: Parameters<EngineService['loss']>) {
    return moved(await super.loss(...args));
  }
  override generate(...[call, ids, options, onstep]: Parameters<EngineService['generate']>) {
    return super.generate(call, ids, options, (step) => onstep(moved(step)));
  }
  override async run(...args: Parameters<EngineService['run']>) {
    return moved(await super.run(...args));
  }
}

function moved<T extends object>(result: T): T {
  return Comlink.transfer(result, [...new Set(buffersIn(result))]);
}

/** A thread of the backend that fails is reported as an event, which says nothing as a string: its message goes on. */
self.addEventListener('error', (event) => {
  const inner = event.error as unknown;
  if (!(inner instanceof ErrorEvent)) return;
  event.preventDefault();
  reportError(new Error(inner.message));
});

const service = new TransferringService();
const asked = readPreparation(self.name);
if (asked) service.prepare(asked.backend, asked.source);
Comlink.expose(service);
