import { describe, expect, it } from 'vitest';
import { proposedSettings } from '../../src/lib/views/proposed-settings.ts';
import { DEFAULT_VIEW } from '../../src/lib/state/view-state.ts';

describe('proposedSettings(config, view)', () => {
  it('is nothing where the model proposes nothing, or what is so anyway', () => {
    expect(proposedSettings(null, DEFAULT_VIEW)).toBeNull();
    expect(proposedSettings({}, DEFAULT_VIEW)).toBeNull();
    expect(proposedSettings({ num_beams: 1 }, DEFAULT_VIEW)).toBeNull();
  });

  it("offers Hugging Face's names and values, and says when the view has them", () => {
    const config = { do_sample: true, temperature: 0.7, top_k: 50 };
    const offered = proposedSettings(config, { ...DEFAULT_VIEW, do_sample: false })!;
    expect(offered).toEqual({ change: config, outside: [], inUse: false });
    expect(proposedSettings(config, { ...DEFAULT_VIEW, ...offered.change })!.inUse).toBe(true);
  });

  it('names what the page has no range for', () => {
    const found = proposedSettings({ temperature: 5, num_beams: 20, top_p: 0.9 }, DEFAULT_VIEW)!;
    expect(found.change).toEqual({ top_p: 0.9 });
    expect(found.outside).toEqual([
      ['temperature', 5],
      ['num_beams', 20]
    ]);
  });
});
