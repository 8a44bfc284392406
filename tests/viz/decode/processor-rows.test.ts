import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, processScores, PROCESSOR_NAMES } from '../../../src/lib/gpt2';
import { keptSentence, movedMass, processorFact } from '../../../src/lib/viz/decode/steps/processor-facts';
import { nearestStop } from '../../../src/lib/viz/common/nearest-stop';
import {
  decodeOnlySettings,
  PROCESSOR_SLIDERS,
  stopText
} from '../../../src/lib/viz/decode/steps/processor-rows';

/** Probabilities 1/2, 1/4, 1/8, 1/8. */
const logits = [Math.log(4), Math.log(2), 0, 0];
const drawn = { ...DEFAULT_SETTINGS, do_sample: true };
const slider = (name: string) => PROCESSOR_SLIDERS.find((one) => one.name === name)!;

function fact(name: string, change: object): string {
  const settings = { ...drawn, ...change };
  return processorFact(slider(name), settings, processScores(logits, [0], settings));
}

describe('PROCESSOR_SLIDERS', () => {
  it('are the processors, in the order they run, and can all be switched off', () => {
    expect(PROCESSOR_SLIDERS.map(({ name }) => name)).toEqual(PROCESSOR_NAMES);
    for (const { name, off, stops } of PROCESSOR_SLIDERS) {
      expect(off).toBe(DEFAULT_SETTINGS[name]);
      expect(name === 'temperature' ? stops : [stops[0]]).toContain(off); // at the left, where it can be off
    }
  });
});

describe('processorFact(slider, settings, processed)', () => {
  it('says how many tokens a cut removed, with how much probability', () => {
    expect(fact('top_k', { top_k: 2 })).toBe('removed 2 tokens with 25.0 % · 2 left');
    expect(fact('top_p', { top_p: 0.5 })).toBe('removed 3 tokens with 50.0 % · 1 left');
    expect(fact('min_p', { min_p: 0.5 })).toBe('removed 2 tokens with 25.0 % · 2 left');
  });

  it('says how much a processor moved that removes nothing', () => {
    // squared and divided by their sum: 8/11, 2/11, 1/22, 1/22; the best gains 8/11 - 1/2
    expect(fact('temperature', { temperature: 0.5 })).toBe('removed nothing · moved 22.7 %');
  });

  it('says that nothing is drawn where a setting is on and the best is taken', () => {
    expect(fact('top_k', { top_k: 2, do_sample: false })).toBe(
      'not used: the best token is taken, nothing is drawn'
    );
  });

  it('says what it would do where it is off', () => {
    expect(fact('top_k', {})).toBe('keeps the k best');
  });
});

describe('movedMass(step)', () => {
  it('is half the sum of all differences', () => {
    const [before, after] = [Float64Array.of(0.5, 0.5), Float64Array.of(1, 0)];
    expect(movedMass({ before, after })).toBe(0.5);
  });
});

describe('keptSentence(processed)', () => {
  it('counts what is left', () => {
    expect(keptSentence(processScores(logits, [], { ...drawn, top_k: 1 }))).toBe(
      '1 of 4 tokens left; their probabilities are renormalised to 100 %.'
    );
    expect(keptSentence(processScores(logits, [], drawn))).toContain('nothing is changed');
  });
});

describe('nearestStop(stops, value, off)', () => {
  it('finds every stop again, and the nearest for a value from a link', () => {
    for (const { stops, off } of PROCESSOR_SLIDERS) {
      stops.forEach((value, place) => expect(nearestStop(stops, value, off)).toBe(place));
    }
    const { stops, off } = slider('top_k');
    expect(stops[nearestStop(stops, 41, off)]).toBe(40);
    expect(stops[nearestStop(stops, 5000, off)]).toBe(200);
  });
});

describe('stopText(slider, used, stop)', () => {
  it('says what a link asks for where the thumb can only stand near it', () => {
    const { stops, off } = slider('top_k');
    const near = nearestStop(stops, 41, off);
    expect(stopText(slider('top_k'), 41, near)).toBe('41');
    expect(stopText(slider('top_k'), 41, near - 1)).toBe('50');
    expect(stopText(slider('top_k'), 41, stops.indexOf(off))).toBe('off');
  });
});

describe('decodeOnlySettings(settings)', () => {
  it('names what is in use and has no slider beside the other views', () => {
    expect(decodeOnlySettings({ ...drawn, temperature: 0.7, top_k: 5, top_p: 0.9 })).toEqual([]);
    expect(decodeOnlySettings({ ...drawn, min_p: 0.05, repetition_penalty: 1.2 })).toEqual([
      'repetition penalty 1.2',
      'min-p 0.05'
    ]);
  });
});
