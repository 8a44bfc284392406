// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Engine, LayerNormName } from '../../src/lib/engine';
import { NormParameters } from '../../src/lib/state/norm-parameters';

/** An engine whose every LayerNorm says which it is, and how often one was asked for. */
function namingEngine() {
  const asked: string[] = [];
  const layerNorm = (name: LayerNormName, layer: number) => {
    asked.push(`${name}/${layer}`);
    return Promise.resolve({ weight: Float32Array.of(layer), bias: Float32Array.of(asked.length) });
  };
  return { asked, engine: { layerNorm } as unknown as Engine };
}

const arrived = () => new Promise((resolve) => setTimeout(resolve));

describe('NormParameters', () => {
  it('reads each LayerNorm once', async () => {
    const { engine, asked } = namingEngine();
    const parameters = new NormParameters(() => expect.unreachable());
    expect(parameters.get(engine, 'ln_1', 3)).toBeUndefined();
    parameters.get(engine, 'ln_2', 3);
    await arrived();
    expect(parameters.get(engine, 'ln_1', 3)).toEqual({
      weight: Float32Array.of(3),
      bias: Float32Array.of(1)
    });
    expect(asked).toEqual(['ln_1/3', 'ln_2/3']);
  });

  it('reads them anew after a reset: those of another model', async () => {
    const { engine } = namingEngine();
    const parameters = new NormParameters(() => expect.unreachable());
    parameters.get(engine, 'ln_f', 0);
    await arrived();
    parameters.reset();
    expect(parameters.get(engine, 'ln_f', 0)).toBeUndefined();
    await arrived();
    expect(parameters.get(engine, 'ln_f', 0)?.bias).toEqual(Float32Array.of(2));
  });

  it('reports what could not be read, but not after a reset', async () => {
    const failures: unknown[] = [];
    const parameters = new NormParameters((error) => failures.push(error));
    const fault = new Error('the engine stopped');
    const broken = { layerNorm: () => Promise.reject(fault) } as unknown as Engine;
    parameters.get(broken, 'ln_1', 0);
    await arrived();
    expect(failures).toEqual([fault]);
    parameters.get(broken, 'ln_2', 0);
    parameters.reset();
    await arrived();
    expect(failures).toEqual([fault]);
  });
});
