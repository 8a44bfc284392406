import { describe, expect, it } from 'vitest';
import { catalogue, lessonNames, loadLesson } from '../../src/lib/lesson/lessons.ts';

const NAME = 'the-gpt-2-model';

describe('catalogue(wanted)', () => {
  it('lists every lesson once, in order, with its languages', () => {
    for (const language of ['en', 'zh'] as const) {
      const lessons = catalogue(language);
      expect(lessons.map(({ name }) => name)).toEqual(lessonNames);
      expect(lessons.map(({ order }) => order)).toEqual(
        lessons.map(({ order }) => order).sort((a, b) => a - b)
      );
      for (const { languages } of lessons) expect(languages).toEqual(['en', 'zh']);
    }
  });

  it('says a lesson in the wanted language where there is a translation', () => {
    const titles = (language: 'en' | 'zh') =>
      catalogue(language).flatMap(({ name, title }) =>
        name === NAME || name === 'deep-dive' ? [title] : []
      );
    expect(titles('en')).toEqual(['Deep dive into GPT-2', 'The GPT-2 model']);
    expect(titles('zh')).toEqual(['深入 GPT-2', 'GPT-2 模型']);
  });
});

describe('loadLesson(name, wanted)', () => {
  it('loads the translation, and null for another name', async () => {
    const [english, chinese] = [await loadLesson(NAME, 'en'), await loadLesson(NAME, 'zh')];
    expect([english!.meta.language, chinese!.meta.language]).toEqual(['en', 'zh']);
    expect(chinese!.programs).toEqual(english!.programs);
    expect(await loadLesson('deep-dive.zh', 'en')).toBeNull();
    expect(await loadLesson('nothing', 'en')).toBeNull();
  });
});
