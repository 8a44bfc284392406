import type { presentingWords as English } from '../en/presenting';

export const presentingWords: typeof English = {
  name: '演示视图',
  keys: '← → 逐块前进或后退 · Home：全部块 · Page Up、Page Down：上/下一个标签 · F：流程 · P：指针圈 · Esc：结束',
  pointer: '指针圈',
  pointerSays: '在指针周围画一个大圈，便于全班看清（按 P 键）',
  seedSays: '全班共用：抽到的词元都相同',
  end: '结束演示'
};
