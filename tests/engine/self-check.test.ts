import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { CHECK_TOLERANCE, selfCheck } from '../../src/lib/engine/self-check.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../gpt2/backends.ts';

describe.each(NODE_BACKENDS)('selfCheck() on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it('finds the arithmetic right, and leaves no tensor behind', async () => {
    const before = numTensors();
    expect(await selfCheck()).toBeLessThan(CHECK_TOLERANCE);
    expect(numTensors()).toBe(before);
  });

  it('notices a LayerNorm, a GELU or a product that is off by a thousandth', async () => {
    const replaced = backend === 'wasm' ? ['Gpt2LayerNorm', 'Gpt2Gelu', 'Gpt2Unembed'] : ['Sigmoid', 'Mean'];
    for (const kernelName of replaced) {
      const right = tf.getKernel(kernelName, backend);
      tf.unregisterKernel(kernelName, backend);
      tf.registerKernel({
        ...right,
        kernelFunc: (args) => {
          const own = args.backend as tf.KernelBackend;
          const results = [right.kernelFunc(args)].flat();
          for (const { dataId } of results) {
            const values = own.readSync(dataId) as Float32Array;
            own.disposeData(dataId);
            own.move(
              dataId,
              values.map((value) => value * 1.001),
              [values.length],
              'float32',
              1
            );
          }
          return results.length > 1 ? results : results[0];
        }
      });
      expect(await selfCheck(), kernelName).toBeGreaterThan(CHECK_TOLERANCE);
      tf.unregisterKernel(kernelName, backend);
      tf.registerKernel(right);
    }
  });
});
