import type { processorWords as English } from '../en/processors';

export const processorWords: typeof English = {
  labels: {
    repetition_penalty: '重复惩罚',
    no_repeat_ngram_size: '禁止重复 n-gram',
    temperature: '温度',
    top_k: 'top-k',
    top_p: 'top-p',
    min_p: 'min-p',
    typical_p: 'typical-p'
  },
  setting: (label, value) => `${label} ${value}`,
  off: '关'
};
