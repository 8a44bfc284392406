import * as Comlink from 'comlink';
import { describe, expect, it } from 'vitest';
import { sendFaults } from '../../src/lib/engine/thrown';
import { InputError } from '../../src/lib/gpt2';

describe('sendFaults()', () => {
  it('sends the code of an error that a call throws, with its name and message', async () => {
    sendFaults();
    const { port1, port2 } = new MessageChannel();
    const service = {
      refuse(): void {
        throw new InputError('patch: too short.', { code: 'pairLength', values: [3, 2] });
      },
      fail(): void {
        throw new RangeError('off');
      }
    };
    Comlink.expose(service, port1);
    const remote = Comlink.wrap<typeof service>(port2);
    await expect(remote.refuse()).rejects.toMatchObject({
      name: 'InputError',
      message: 'patch: too short.',
      fault: { code: 'pairLength', values: [3, 2] }
    });
    const error: unknown = await remote.fail().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'RangeError', message: 'off' });
    expect(error).not.toHaveProperty('fault');
    for (const port of [port1, port2]) port.close();
  });
});
