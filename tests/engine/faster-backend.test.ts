import { describe, expect, it } from 'vitest';
import {
  chooseAmong,
  timeAt,
  type BlockTimes,
  type TimedBackend
} from '../../src/lib/engine/faster-backend.ts';
import type { Reason } from '../../src/lib/words/index.ts';
import { BACKENDS, type BackendName } from '../../src/lib/engine/protocol.ts';

const FAST: BlockTimes = { short: 2, long: 10 };
const SLOW: BlockTimes = { short: 8, long: 60 };
/** Slow to begin, and the faster one of a long prompt: as a GPU is. */
const LATE: BlockTimes = { short: 6, long: 8 };

const said = (detail: string): Reason => ({ code: 'said', detail });

interface Device {
  readonly times: Partial<Record<BackendName, BlockTimes>>;
  readonly fails?: Partial<Record<BackendName, Reason>>;
}

/** A device whose backends take the times that are given, with what is done to it written down. */
function deviceOf({ times, fails = {} }: Device, kept: readonly TimedBackend[] | null = null) {
  const log: string[] = [];
  let memory = kept;
  const choose = (tokens: number, wanted: BackendName | null = null) =>
    chooseAmong<{ threads: number }>({
      order: wanted ? [wanted, ...BACKENDS.filter((name) => name !== wanted)] : BACKENDS,
      wanted,
      tokens,
      memory: {
        recall: () => Promise.resolve(memory),
        remember: (timed) => {
          memory = timed;
          return Promise.resolve();
        }
      },
      start: (name) => {
        log.push(`start ${name}`);
        return Promise.resolve(fails[name] ?? { threads: 1 });
      },
      time: (name) => {
        log.push(`time ${name}`);
        return Promise.resolve(times[name]!);
      }
    });
  return { log, choose };
}

describe('timeAt({ short, long }, tokens)', () => {
  it('lies on the line through both lengths, and is that of 16 tokens below them', () => {
    expect(timeAt({ short: 2, long: 9 }, 16)).toBe(2);
    expect(timeAt({ short: 2, long: 9 }, 128)).toBe(9);
    expect(timeAt({ short: 2, long: 9 }, 72)).toBe(5.5);
    expect(timeAt({ short: 2, long: 9 }, 240)).toBe(16);
    expect(timeAt({ short: 2, long: 9 }, 0)).toBe(2);
  });
});

describe('chooseAmong({ order, wanted, tokens, memory, start, time })', () => {
  it.each([
    ['wasm', { webgl: SLOW, wasm: FAST }],
    ['webgl', { webgl: FAST, wasm: SLOW }]
  ] as const)('takes %s where the other one is slowed', async (faster, times) => {
    const { choose, log } = deviceOf({ times });
    const { name, passedOver } = await choose(14);
    expect(name).toBe(faster);
    expect(passedOver).toEqual([{ name: faster === 'wasm' ? 'webgl' : 'wasm', reason: { code: 'slower' } }]);
    expect(log).toEqual(['start webgl', 'start wasm', 'time webgl', 'time wasm']); // cpu is the last resort
  });

  it('takes the one that is faster for the length of the prompt', async () => {
    const { choose } = deviceOf({ times: { webgl: LATE, wasm: FAST } });
    expect((await choose(16)).name).toBe('wasm');
    expect((await choose(300)).name).toBe('webgl');
  });

  it('measures once: later the faster one is started alone', async () => {
    const { choose, log } = deviceOf({ times: { webgl: SLOW, wasm: FAST } });
    await choose(14);
    log.length = 0;
    const again = await choose(14);
    expect(log).toEqual(['start wasm']);
    expect(again).toMatchObject({
      name: 'wasm',
      timed: [
        { name: 'webgl', times: SLOW },
        { name: 'wasm', times: FAST }
      ],
      passedOver: [{ name: 'webgl', reason: { code: 'slower' } }]
    });
  });

  it('continues with the other one where the faster one no longer starts', async () => {
    const kept = [
      { name: 'webgl', times: SLOW },
      { name: 'wasm', times: FAST }
    ] as const;
    const { choose } = deviceOf({ times: {}, fails: { wasm: { code: 'brokeDown' } } }, kept);
    expect(await choose(14)).toMatchObject({
      name: 'webgl',
      passedOver: [{ name: 'wasm', reason: { code: 'brokeDown' } }]
    });
  });

  it('takes the one that is asked for, and measures nothing', async () => {
    const { choose, log } = deviceOf({ times: { webgl: SLOW, wasm: FAST } });
    expect(await choose(14, 'webgl')).toMatchObject({ name: 'webgl', timed: [], passedOver: [] });
    expect(log).toEqual(['start webgl']);
  });

  it('measures nothing where one alone works, and takes cpu where no other does', async () => {
    const alone = deviceOf({ times: {}, fails: { webgl: { code: 'noWebgl2' } } });
    expect(await alone.choose(14)).toMatchObject({ name: 'wasm', timed: [] });
    expect(alone.log).toEqual(['start webgl', 'start wasm']);
    const last = deviceOf({
      times: {},
      fails: { webgl: { code: 'noWebgl2' }, wasm: { code: 'wasmNotStarted' } }
    });
    expect((await last.choose(14)).name).toBe('cpu');
    const none = deviceOf({ times: {}, fails: { webgl: said('a'), wasm: said('b'), cpu: said('c') } });
    expect(await none.choose(14)).toEqual({
      name: null,
      passedOver: [
        { name: 'webgl', reason: said('a') },
        { name: 'wasm', reason: said('b') },
        { name: 'cpu', reason: said('c') }
      ]
    });
  });
});
