import { describe, expect, it, vi } from 'vitest';
import type { Engine, OnProgress } from '$lib/engine';
import { Surveys, type SurveyNeeds } from '../../src/lib/state/surveys.svelte.ts';

/** An engine whose survey is ended, or told of, by the test. */
function page() {
  let tell: OnProgress = () => {};
  let end: (given: unknown) => void = () => {};
  const survey = vi.fn((_name: string, _asked: object, onprogress: OnProgress, signal: AbortSignal) => {
    tell = onprogress;
    return new Promise((resolve, reject) => {
      end = resolve;
      signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    });
  });
  const readFailed = vi.fn();
  const engine = { survey } as unknown as Engine;
  const needs: SurveyNeeds = { session: { engine }, textsUrl: '', readFailed };
  const surveys = new Surveys(needs);
  return {
    surveys,
    survey,
    readFailed,
    tell: (...told: Parameters<OnProgress>) => tell(...told),
    end: (given: unknown) => end(given)
  };
}

/** Stands for a report; the page does not look into it. */
const some = (name: string) => ({ name }) as never;

describe('a survey of a text', () => {
  it('has what is known so far as its result, then the whole', async () => {
    const { surveys, tell, end } = page();
    const { text, texts } = surveys;
    texts.own = 'a text';
    const counting = text.count('own', {});
    await vi.waitFor(() => expect(text.running).toBe(true));
    expect([text.result, text.counted]).toEqual([null, null]);
    tell({ done: 1, total: 3 }, some('first row'));
    expect(text.result?.given).toEqual({ name: 'first row' });
    expect([text.counted, text.progress]).toEqual(['own', { done: 1, total: 3 }]);
    tell({ done: 2, total: 3 }); // only the progress
    expect(text.result?.given).toEqual({ name: 'first row' });
    end({ name: 'whole' });
    await counting;
    expect(text.result?.given).toEqual({ name: 'whole' });
    expect([text.running, text.progress]).toEqual([false, null]);
  });

  it('keeps what was counted where it is cancelled, and hears nothing more', async () => {
    const { surveys, tell, readFailed } = page();
    const { text } = surveys;
    surveys.texts.own = 'a text';
    const counting = text.count('own', {});
    await vi.waitFor(() => expect(text.running).toBe(true));
    tell({ done: 1, total: 3 }, some('first row'));
    text.cancel();
    await counting;
    tell({ done: 2, total: 3 }, some('too late'));
    expect(text.result?.given).toEqual({ name: 'first row' });
    expect(readFailed).not.toHaveBeenCalled();
  });

  it('shares the reader’s own text between heads and neurons, and asks for the block', async () => {
    const { surveys, survey } = page();
    surveys.texts.own = 'a text';
    void surveys.neurons.count('own', { layer: 3 });
    await vi.waitFor(() => expect(survey).toHaveBeenCalled());
    const [name, asked] = survey.mock.calls[0];
    expect(name).toBe('neuronsOnText');
    expect(asked).toMatchObject({ text: 'a text', layer: 3, rows: 64, length: 128 });
    surveys.reset();
    expect(surveys.neurons.running).toBe(false);
  });
});
