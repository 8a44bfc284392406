import { afterEach, describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import {
  checkEdit,
  InputError,
  needsWeights,
  parseEdit,
  processScores,
  readRecording,
  type Faults
} from '../../src/lib/gpt2';
import { checkOptions } from '../../src/lib/gpt2/decode/options';
import { DeviceMemoryError } from '../../src/lib/gpt2/errors';
import { parseSession } from '../../src/lib/state/session-file';
import { fetchWords, problemText } from '../../src/lib/words';
import { faultWords } from '../../src/lib/words/en/views/faults';
import { MODEL } from '../state/fake-engine';

/** Each code of the library has a sentence that takes its values: a type error otherwise. */
const SENTENCES: { [Code in keyof Faults]: (...values: Faults[Code]) => string } = faultWords;

const speak = async (code: 'en' | 'zh') => (await fetchWords(code))();

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('it must throw');
}

afterEach(() => speak('en'));

describe('problemText(error)', () => {
  const check = (text: string) => thrownBy(() => checkEdit(parseEdit(text), MODEL.config, 5));

  it.each([
    ['scale=x:z.0.1', '“scale=x:z.0.1”: the number must be a finite one.'],
    ['zero:z.7.1', 'zero:z.7.1: the layer must be from 0 to 1.'],
    ['zero:z.1.2', 'zero:z.1.2: the head must be from 0 to 1.'],
    ['zero:z.1@5', 'zero:z.1@5: the position must be from 0 to 4.'],
    [
      'zero:z.1@5-3',
      '“zero:z.1@5-3”: positions are written as 3, as 3-5 from the lower to the higher, or all as 3<4.'
    ],
    ['add=1*token(99):resid_pre.1', 'add=1*token(99):resid_pre.1: the token must be from 0 to 26.'],
    ['mean:pattern.1.1', 'mean:pattern.1.1: this change cannot be made at this place.']
  ])('says what is wrong with the edit %s', (text, said) => {
    expect(problemText(check(text))).toBe(said);
  });

  it('says it in the language on screen, with the same values', async () => {
    const error = check('zero:z.7.1');
    await speak('zh');
    expect(problemText(error)).toBe('zero:z.7.1：层必须在 0 到 1 之间。');
  });

  it('names the processor that leaves no token', () => {
    const error = thrownBy(() => processScores([1, 2], [0, 1], { no_repeat_ngram_size: 1 }));
    expect(problemText(error)).toBe(SENTENCES.noTokenLeft('no_repeat_ngram_size', 1));
  });

  it('says what a decoding cannot do', () => {
    const checked = (options: object) =>
      thrownBy(() => checkOptions(MODEL, 5, { max_new_tokens: 1, ...options }));
    expect(problemText(checked({ num_beams: 2, num_return_sequences: 3 }))).toBe(
      'num_return_sequences can be 2 at most: beam search ends with one sequence for each beam.'
    );
    expect(problemText(checked({ temperature: 0 }))).toBe('temperature cannot be 0.');
    expect(problemText(checked({ max_new_tokens: 99 }))).toMatch(
      /^max_new_tokens must be a whole number from 1 to \d+; this is 99\.$/
    );
  });

  it('says what is wrong with a recorded run, and its part in another language', async () => {
    const error = thrownBy(() =>
      readRecording(zipSync({ 'recording.json': new TextEncoder().encode('{') }, { level: 0 }))
    );
    expect(problemText(error)).toBe('recording.json must be JSON, got something else. Record the run again.');
    await speak('zh');
    expect(problemText(error)).toMatch(/^其中的 recording\.json 不是这个版本能读的录制内容。/);
  });

  it('says that a file is no session', async () => {
    const error = thrownBy(() => parseSession('{'));
    expect(problemText(error)).toMatch(/^the file must be JSON, got something else\./);
    await speak('zh');
    expect(problemText(error)).toBe('它不是这个版本能读的会话文件。请选择保存为会话的文件。');
  });

  it('says that a recorded run lacks something, and that memory does', async () => {
    expect(problemText(needsWeights('attn_scores'))).toBe(
      'This recorded run does not hold attn_scores. Open its model and run the prompt.'
    );
    await speak('zh');
    const full = new DeviceMemoryError('', { code: 'deviceRoom', values: [4096] });
    expect(problemText(full)).toMatch(/^内存不足，无法再容纳 4096 字节。/);
  });

  it('says what has no code as it was said, without the function that threw it', () => {
    expect(problemText(new InputError('runTrace: ids must be numbers.'))).toBe('ids must be numbers.');
    expect(problemText('lost')).toBe('lost');
  });
});
