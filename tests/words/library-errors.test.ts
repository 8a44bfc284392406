import { describe, expect, it } from 'vitest';
import { expectNoPage, gone } from '../../src/lib/engine/models/file-errors';
import { openHttpFile } from '../../src/lib/engine/models/http-file';
import { streamWeights } from '../../src/lib/gpt2/checkpoint/model-files';
import { parseConfig } from '../../src/lib/gpt2/model/config';
import { problemText } from '../../src/lib/state';
import { libraryInChinese } from '../../src/lib/words/library-errors-zh';

const NAME = 'config.json';

/** What a reader of Chinese sees of an error. */
async function chineseOf(fail: () => unknown): Promise<string> {
  try {
    await fail();
  } catch (error) {
    return libraryInChinese(problemText(error));
  }
  throw new Error('it must fail');
}

const answered = (status: number, headers: Record<string, string> = {}) =>
  chineseOf(() =>
    openHttpFile('https://host/config.json', NAME, {
      waits: [],
      fetch: () => Promise.resolve(new Response(null, { status, headers }))
    })
  );
const silent = () =>
  chineseOf(() =>
    openHttpFile('https://host/config.json', NAME, {
      waits: [],
      stallMs: 20,
      fetch: () => new Promise(() => {})
    })
  );

describe('libraryInChinese(text)', () => {
  it.each([
    [404, undefined, '请检查模型的名称或其文件夹。'],
    [401, undefined, '请先检查名称的拼写；私有模型须手动下载。'],
    [404, 'RevisionNotFound', '请检查版本名；此模型没有这个版本。'],
    [403, undefined, '服务器拒绝了请求；需要登录的模型须手动下载。'],
    [403, 'GatedRepo', '此模型需要在 Hub 登录；请在那里下载文件，再在这里选择。'],
    [410, undefined, '请再试一次；若仍如此，请换一个镜像。']
  ])('says status %i (%s) of a host, and what to do', async (status, code, advice) => {
    const said = await answered(status, code ? { 'X-Error-Code': code } : {});
    expect(said).toBe(`服务器没有给出 config.json（状态码 ${status}）。${advice}`);
  });

  it('says what stands inside a sentence, too', async () => {
    expect(await answered(503)).toBe('无法取得 config.json（“状态码 503”）。请检查网络，然后重试。');
    expect(await answered(503, { 'Retry-After': '7200' })).toBe(
      '无法取得 config.json（“状态码 503”）。服务器要求等待 7200 秒，请届时再试。'
    );
    expect(await silent()).toBe('无法取得 config.json（“0 秒没有收到数据”）。请检查网络，然后重试。');
  });

  it('says what is no file of the model', async () => {
    expect(await chineseOf(() => expectNoPage(NAME, new TextEncoder().encode('<!doctype html>')))).toBe(
      '得到的 config.json 不是模型文件，而是一个网页。请检查网址，并看看网络是否要求先登录。'
    );
    expect(
      await chineseOf(() => {
        throw gone(NAME);
      })
    ).toBe('此设备上没有保存 config.json。请在“模型”页重新选择它的文件。');
  });

  it('says which weights are there instead, with the command as it is', async () => {
    const config = parseConfig({
      model_type: 'gpt2',
      n_layer: 1,
      n_head: 1,
      n_embd: 4,
      n_ctx: 8,
      vocab_size: 9
    });
    const files = {
      names: () => Promise.resolve([NAME, 'pytorch_model.bin']),
      read: () => Promise.reject(new Error('not asked for'))
    };
    expect(await chineseOf(() => streamWeights(files, config, () => null as never))).toMatch(
      /^模型文件夹中没有 model\.safetensors，只有 pytorch_model\.bin。请转换：python -c "from transformers /
    );
  });

  it('leaves what it does not know as it is', () => {
    const text = 'config.json: n_head must be a divisor of n_embd, got 5. Check the file.';
    expect(libraryInChinese(text)).toBe(text);
    expect(libraryInChinese('')).toBe('');
  });
});
