import { afterEach, describe, expect, it } from 'vitest';
import { Reports } from '../../src/lib/state/reports.svelte';
import { promptProblem } from '../../src/lib/state/messages';
import { fitView, parseView } from '../../src/lib/state/url';
import { DEFAULT_VIEW } from '../../src/lib/state/view-state';
import { fetchWords, messages } from '../../src/lib/words';

const speak = async (code: 'en' | 'zh') => (await fetchWords(code))();

afterEach(() => speak('en'));

describe('Reports', () => {
  it('says what happened in the language on screen, also what happened before a switch', async () => {
    const reports = new Reports();
    reports.note(() => messages.switchFailed('gpt2', 'HTTP 404'));
    reports.note(...parseView('layer=1.5').problems);
    reports.fail(() => messages.engineFailed('out of memory'));
    reports.judge(() => promptProblem(9, 8));
    expect(reports.notices).toEqual([
      'gpt2 could not be opened (HTTP 404).',
      "The link's layer should be a whole number from 0 to 1000000; the usual one is shown."
    ]);
    await speak('zh');
    expect(reports.notices).toEqual([
      '无法打开 gpt2（HTTP 404）。',
      '链接中的 layer 应为：0 到 1000000 的整数；现按默认显示。'
    ]);
    expect(reports.failure).toBe('计算中断（out of memory）。请点“重试”。');
    expect(reports.prompt).toMatch(/^提示词有 9 个词元，而此模型最多读 8 个。/);
  });

  it('says one sentence once, and nothing after it was dismissed', () => {
    const reports = new Reports();
    const lost = fitView({ ...DEFAULT_VIEW, head: 20 }, { ...SMALL, n_head: 12 }).problems;
    reports.note(...lost, ...lost);
    expect(reports.notices).toEqual([
      "The link's head 20 does not exist here (0 to 11); the usual one is shown."
    ]);
    reports.dismiss();
    reports.fail(null);
    reports.judge(() => promptProblem(1, 8));
    expect([reports.notices, reports.failure, reports.prompt]).toEqual([[], null, null]);
  });

  it('keeps one of those that say the same, however often they come', () => {
    const reports = new Reports();
    let asked = 0;
    const say = () => {
      asked++;
      return 'said again';
    };
    for (let n = 0; n < 10; n++) reports.note(() => say());
    asked = 0;
    expect(reports.notices).toEqual(['said again']);
    expect(asked).toBe(1);
  });
});

const SMALL = { n_layer: 12, n_inner: 768, vocab_size: 50_257, T: 14 };
