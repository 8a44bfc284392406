import type { pageWords as English } from '../en/pages';

export const pageWords: typeof English = {
  explore: '探索',
  lessons: '课程',
  models: '模型',
  glossary: '术语表',
  title: (page) => `${page} · GPT-2 Lens`
};
