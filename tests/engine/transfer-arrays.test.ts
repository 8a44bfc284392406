import * as Comlink from 'comlink';
import { describe, expect, it } from 'vitest';
import { withMovedArrays } from '../../src/lib/engine/transfer-arrays.ts';

class Service {
  readonly buffer = new Float32Array([3, 4]);
  readonly norm = { weight: new Float32Array([1]), bias: new Float32Array([2]) };
  readonly step = { ids: new Int32Array([5]) };
  layerNorm() {
    return this.norm;
  }
  async lists() {
    return { top: 2, rows: [this.buffer.subarray(0, 1), this.buffer.subarray(1)] };
  }
  names() {
    return ['a'];
  }
  async steps(onstep: (step: object) => Promise<void>) {
    await onstep(this.step);
  }
}

describe('withMovedArrays(service)', () => {
  it('moves every array of an answer or of what a callback is sent, whatever the call', async () => {
    const { port1, port2 } = new MessageChannel();
    const service = new Service();
    Comlink.expose(withMovedArrays(service), port1 as unknown as Comlink.Endpoint);
    const remote = Comlink.wrap<Service>(port2 as unknown as Comlink.Endpoint);
    expect(await remote.layerNorm()).toEqual({ weight: Float32Array.of(1), bias: Float32Array.of(2) });
    expect(service.norm.weight.byteLength + service.norm.bias.byteLength).toBe(0);
    expect(await remote.lists()).toEqual({ top: 2, rows: [Float32Array.of(3), Float32Array.of(4)] });
    expect(service.buffer.byteLength).toBe(0);
    expect(await remote.names()).toEqual(['a']);
    const steps: unknown[] = [];
    await remote.steps(Comlink.proxy(async (step: object) => void steps.push(step)));
    expect(steps).toEqual([{ ids: Int32Array.of(5) }]);
    expect(service.step.ids.byteLength).toBe(0);
    port1.close();
    port2.close();
  });
});
