import { beforeEach, describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../src/lib/engine/models/progress.ts';
import type { TransferProgress } from '../../src/lib/engine/models/source.ts';

const MEGABYTE = 1e6;
const SOURCE = {
  name: 'gpt2',
  url: 'https://example.org/gpt2/',
  files: [{ name: 'model.safetensors', bytes: 10 * MEGABYTE }, { name: 'vocab.json' }],
  keep: true
};

let now: number;
let reports: TransferProgress[];
let meter: ProgressMeter;

beforeEach(() => {
  now = 0;
  reports = [];
  meter = new ProgressMeter(
    SOURCE,
    (report) => reports.push(report),
    () => now
  );
});

/** A megabyte every 200 ms. */
function arrive(count: number, from: TransferProgress['from'] = 'network'): void {
  for (let i = 0; i < count; i++) {
    now += 200;
    meter.add('model.safetensors', MEGABYTE, from);
  }
}

describe('ProgressMeter', () => {
  it('tells bytes, speed and time left of a steady download', () => {
    arrive(6);
    const last = reports.at(-1)!;
    expect(last).toMatchObject({ bytes: 6 * MEGABYTE, totalBytes: 10 * MEGABYTE, from: 'network' });
    // Five megabytes since the first sample, which is a second ago.
    expect(last.speed).toBeCloseTo(5 * MEGABYTE);
    expect(last.secondsLeft).toBeCloseTo(0.8);
  });

  it('tells no speed before half a second, nor of bytes that were here', () => {
    arrive(2);
    expect(reports.at(-1)!.speed).toBeNull();
    arrive(5, 'kept copy');
    expect(reports.at(-1)).toMatchObject({ speed: null, secondsLeft: null, from: 'kept copy' });
  });

  it('does not count bytes that were here as speed', () => {
    arrive(3, 'kept copy');
    arrive(3);
    expect(reports.at(-1)!.speed).toBeCloseTo((3 * MEGABYTE) / 1);
  });

  it('reports ten times a second at most, and the rest when asked', () => {
    for (let i = 0; i < 50; i++) {
      now += 10;
      meter.add('model.safetensors', 1000, 'network');
    }
    expect(reports).toHaveLength(5);
    meter.flush();
    expect(reports.at(-1)!.bytes).toBe(50_000);
    meter.flush();
    expect(reports).toHaveLength(6);
  });

  it('counts a file whose length is learnt later, and never shows more than the whole', () => {
    meter.expect('vocab.json', 2 * MEGABYTE);
    meter.expect('merges.txt', null);
    arrive(14);
    expect(reports[0].totalBytes).toBe(12 * MEGABYTE);
    expect(reports.at(-1)).toMatchObject({ bytes: 14 * MEGABYTE, totalBytes: 14 * MEGABYTE, secondsLeft: 0 });
  });

  it('forgets a fast start after five seconds', () => {
    arrive(2);
    for (let i = 0; i < 60; i++) {
      now += 100;
      meter.add('model.safetensors', 1000, 'network');
    }
    expect(reports.at(-1)!.speed).toBeCloseTo(10_000, -2);
  });
});
