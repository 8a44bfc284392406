import { integer } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** How well the model expects a text. */
export const lossWords = inLanguage('lossWords', {
  title: 'Loss',
  part: 'how well the model expects this text',
  say: 'Every token is coloured by how unexpected it was after the tokens before it: the stronger, the less expected. Point at one to see what the model expected instead.',
  formula: 'loss = −ln softmax(logits)[next token]',
  colourShows: 'Colour shows',
  measures: { surprise: 'surprise', log_probability: 'log-probability', rank: 'rank' },
  scales: {
    surprise: 'surprise, bits: −log₂ p',
    log_probability: 'log-probability, nats: ln p',
    rank: 'rank, 1 = expected (log scale)'
  },
  text: (measure: string) => `The text, coloured by ${measure}; choose a token to see what was expected`,
  first: 'It is the first token: the model had nothing to predict it from.',
  at: (position: number, sentence: string) => `position ${position}: ${sentence}`,
  sentence: (token: string, probability: string, rank: number, bits: string, nats: string) =>
    `${token}: probability ${probability}, rank ${integer(rank)}, surprise ${bits} bits, log-probability ${nats} nats`,

  mean: 'mean loss',
  inBits: 'the same in bits',
  bitsAToken: 'bits per token',
  perplexity: 'perplexity',
  /** Perplexity no larger than the vocabulary. */
  note: (perplexity: string) =>
    `Perplexity is e to the mean loss: on average the model is as unsure as among ${perplexity} equally likely tokens. The first token has no loss: there is nothing to predict it from.`,
  /** Perplexity larger than the vocabulary. */
  worseNote: (vocab_size: number) =>
    `Perplexity is e to the mean loss. Above ${integer(vocab_size)}, the size of the vocabulary, the model expects this text less than if all tokens were equally likely. The first token has no loss: there is nothing to predict it from.`,
  table: 'The loss of every token',
  columns: [
    'position',
    'token',
    'probability',
    'rank',
    'surprise (bits)',
    'log-probability (nats)',
    'expected'
  ],
  tooShort: 'Write at least two tokens: the first one has nothing to be predicted from.',

  expectedAt: (position: number) => `What was expected at position ${position}`,
  heading: (position: number) => `Position ${position} · after “{token}”`,
  textHas: 'the text has',
  probability: 'probability',
  rank: 'rank',
  surprise: 'surprise',
  logProbability: 'log-probability',
  entropy: 'entropy',
  bits: (value: string) => `${value} bits`,
  expected: 'The model expected:'
});
