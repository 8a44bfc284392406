import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WaitMessage } from '../../scripts/command/wait-message.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('WaitMessage says how far a long command is, every ten seconds, and nothing of a short one', () => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const wait = new WaitMessage();
  for (let second = 1; second <= 35; second++) {
    vi.advanceTimersByTime(1000);
    wait.tell(() => `step ${second}`);
  }
  expect(said).toEqual(['step 10\n', 'step 20\n', 'step 30\n']);
});
