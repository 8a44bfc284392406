import type { lessonLinkWords as English } from '../en/lesson-link';

export const lessonLinkWords: typeof English = {
  noStep: (step) => `本课程没有链接中的步骤 ${step}；现显示第一步。`,
  noCell: (id) => `链接改动了单元格 ${id}，但本课程没有它；已略去。`,
  noPlace: (id) => `链接自带的单元格 ${id} 在本课程中没有位置；已略去。`
};
