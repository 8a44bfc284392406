import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatMillions,
  formatSeconds,
  progressText
} from '../../../src/lib/viz/common/transfer-text';

describe('sizes and times', () => {
  it.each([
    [31_685_166, '31.7 MB'],
    [548_105_171, '548 MB'],
    [999_600_000, '1000 MB'],
    [1_519_000_000, '1.5 GB'],
    [70_120, '70.1 kB'],
    [584, '584 bytes'],
    [1, '1 byte'],
    [0, '0 bytes']
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0.2, '1 s'],
    [59.4, '60 s'],
    [60, '1 min'],
    [61, '2 min']
  ])('%d s are %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

  it('counts parameters in millions, and a small model exactly', () => {
    expect(formatMillions(124_439_808)).toBe('124 M');
    expect(formatMillions(86_832)).toBe('86,832');
  });
});

describe('progressText', () => {
  const progress = {
    file: 'model.safetensors',
    bytes: 137_000_000,
    totalBytes: 548_000_000,
    speed: null,
    secondsLeft: null,
    from: 'network',
    wait: null
  } as const;

  it('asks first', () => expect(progressText('gpt2', null)).toBe('Asking for gpt2…'));

  it('tells bytes and percent, then speed and time left', () => {
    expect(progressText('gpt2', progress)).toBe('Fetching gpt2: 137 MB of 548 MB (25 %)');
    expect(progressText('gpt2', { ...progress, speed: 20_550_000, secondsLeft: 20 })).toBe(
      'Fetching gpt2: 137 MB of 548 MB (25 %) · 20.6 MB/s · 20 s left'
    );
  });

  it('tells a copy of this device and another tab from a download', () => {
    expect(progressText('gpt2', { ...progress, from: 'kept copy' })).toBe(
      'Reading the copy of gpt2 on this device: 137 MB of 548 MB (25 %)'
    );
    expect(progressText('gpt2', { ...progress, from: 'another tab' })).toBe(
      'Another tab is loading gpt2; this one waits for it.'
    );
  });

  it('never says 100 % before the end, nor divides by an unknown whole', () => {
    expect(progressText('gpt2', { ...progress, bytes: 547_999_999 })).toContain('(99 %)');
    expect(progressText('gpt2', { ...progress, bytes: 0, totalBytes: 0 })).toBe(
      'Fetching gpt2: 0 bytes so far'
    );
  });

  it('tells since when no byte has come, and when the next attempt is', () => {
    const silent = { ...progress, wait: { kind: 'silent', seconds: 12 } } as const;
    expect(progressText('gpt2', silent)).toBe(
      'Fetching gpt2: 137 MB of 548 MB (25 %) · no data of gpt2 for 12 s; after 30 s it is requested again'
    );
    const retry = { ...progress, bytes: 0, wait: { kind: 'retry', seconds: 90 } } as const;
    expect(progressText('gpt2', retry)).toBe('next attempt for gpt2 in 2 min');
  });
});
