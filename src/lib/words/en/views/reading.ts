import { inLanguage } from '../../spoken.svelte';

/** How each picture is read: what its rows, columns and colours are, and what one of its cells says. */
export const readingWords = inLanguage('readingWords', {
  button: 'How to read this',
  cells: 'Some cells of the picture; the marked one is explained',
  nothingYet: 'There is nothing in this picture yet. Once it is drawn, this explains one of its cells.',

  flow: {
    how: 'Each token is a row that runs from left to right through the blocks. A line that comes down into a row is attention: the thicker, the larger the share of the row that came from that token.',
    says: (block: number, token: string, share: string, head: string) =>
      `In block ${block} the row gets ${share} of itself from “${token}”, more than from any other token in any block; head ${head} brings most of it.`
  },
  attention: {
    how: 'Each row of the matrix is a query, each column a key. A cell is the weight with which the query reads the key: the stronger its colour, the more. A row adds up to 1, and no token reads a later one. As arcs and as text the same weights are thickness and shade.',
    says: (query: string, at: number, key: string, to: number, weight: string) =>
      `Row ${at} (“${query}”), column ${to} (“${key}”): the query puts ${weight} of its weight on this key, more than on any other.`
  },
  qkv: {
    how: 'One head, one query and one key. Each strip is a vector; query and key are multiplied component by component, and the products are added up to the score.',
    says: (
      component: number,
      q: string,
      k: string,
      product: string,
      all: number,
      dot: string,
      divisor: string,
      score: string
    ) =>
      `Component ${component} counts most: ${q} of the query times ${k} of the key is ${product}. All ${all} products add up to ${dot}; divided by ${divisor} that is the score, ${score}.`
  },
  mlp: {
    how: 'Each neuron has an input (pre) and an output (post), after the activation function. The list begins with the largest outputs; most neurons are near 0.',
    says: (neuron: number, pre: string, post: string) =>
      `Neuron ${neuron} has the largest output at this position: its input is ${pre}, its output ${post}.`
  },
  layernorm: {
    how: 'A vector before and after: from each component the mean is subtracted, and the rest is divided by the scale. Then it is multiplied by its own weight, and its own bias is added.',
    says: (component: number, x: string, centred: string, weighted: string, out: string) =>
      `Component ${component} comes in as ${x}. Centred and scaled it is ${centred}, times its weight ${weighted}, plus its bias ${out}.`
  },
  residual: {
    how: 'Each column of the map is a position, each row a depth. The colour of a cell is the norm of the stream’s vector there: its length, not what it holds.',
    says: (position: number, token: string, first: string, last: string, times: string) =>
      `At position ${position} (“${token}”) the vector begins with norm ${first} and has ${last} after the last block: ${times} times as long.`
  },
  vectors: {
    how: 'Each row is a depth, each column a component of the vector at this position. The colour is the component’s value, with its sign.',
    says: (depth: string, component: number, value: string) =>
      `At ${depth}, component ${component} is ${value}: no other component at any depth is larger by size.`
  },
  cosines: {
    how: 'Rows and columns are depths. A cell is the cosine between the vectors at its two depths: near 1 they point the same way.',
    says: (one: string, other: string, cosine: string) =>
      `Between ${one} and ${other} the cosine is ${cosine}, the smallest between neighbouring depths: here the vector turns most.`
  },
  results: {
    how: 'Each row is a block, each column a head. The colour is the norm of what the head adds to the stream at this position.',
    says: (head: string, norm: string) => `Head ${head} adds the longest vector here: its norm is ${norm}.`
  },
  lens: {
    how: 'Each column is a position, each row a depth, the output on top. A cell names the token that would come next if the model ended at that depth; its colour is the measure that is chosen.',
    says: (depth: string, position: number, token: string, here: string, end: string) =>
      `From ${depth} on, the best next token after position ${position} is “${token}”: ${here} there, ${end} at the output.`
  },
  embeddings: {
    how: 'Three strips of the same components: the token’s row of wte, the position’s row of wpe, and their sum, with which the stream begins. The colour is the sign and the size.',
    says: (component: number, wte: string, wpe: string, sum: string) =>
      `Component ${component} has the largest sum: ${wte} of the token and ${wpe} of the position are ${sum}.`
  },
  heads: {
    how: 'Each row of the grid is a block, each column a head. The colour is the score that is chosen; as two scores against each other, each point is a head.',
    says: (head: string, score: string, value: string, data: string) =>
      `Head ${head} has the largest value of “${score}”: ${value}, on ${data}.`
  },
  head: {
    how: 'One head. Its table has each score with its rank among all heads; the bars below are its mean weight by distance from query to key.',
    says: (distance: number, weight: string) =>
      `At distance ${distance} its mean weight is largest: ${weight}. Distance 0 is the token itself.`
  },
  composition: {
    how: 'Each row is a pair of heads. The score says how much of what the earlier head writes lies in the directions that the later one reads, by the weights alone.',
    says: (from: string, to: string, score: string) =>
      `Head ${from} into head ${to} has the largest score, ${score}.`
  },
  weights: {
    how: 'The map is the parameter itself: rows and columns as in the file. The colour is the value, with its sign; in a large parameter a cell stands for several values.',
    says: (row: number, column: number, value: string) =>
      `The cell that begins at row ${row}, column ${column} has the largest value in sight: ${value}.`
  },
  steps: {
    how: 'Each token has two bars: its probability by the model, and after the settings. What is cut away has no second bar; what is left shares the whole.',
    says: (token: string, before: string, after: string) =>
      `“${token}” is the model’s best token: ${before} by the model, ${after} after the settings.`
  },
  beams: {
    how: 'Each box is a token that continues the text of the box before it. A path from left to right is a beam; faded ones were given up.',
    says: (token: string, probability: string, total: string) =>
      `“${token}” ends the best path: it has probability ${probability} after the tokens before it, and the path’s log probabilities add up to ${total}.`
  },
  compare: {
    how: 'Each column continues the same prompt with its own settings. What differs from the first column is underlined from where it begins.',
    says: (column: number, token: string, at: number) =>
      `Column ${column} leaves the first one at its token ${at}: “${token}”.`
  },
  loss: {
    how: 'Each token of the text is coloured by how unexpected it was after the tokens before it. The first one has nothing before it.',
    says: (token: string, position: number, probability: string, nats: string) =>
      `“${token}” at position ${position} was the most unexpected: the model had given it ${probability}, which is ${nats} nats.`
  },
  wrote: {
    how: 'The logit of a token is a sum. Each bar, and each cell of the grid of heads, is what one part of the model added to it; negative ones took from it.',
    says: (part: string, value: string, logit: string) =>
      `${part} adds most by size: ${value} nats of the logit ${logit}.`
  },
  effect: {
    how: 'Two bars a token: its probability in run A and in run B. The list holds the best tokens of both.',
    says: (token: string, before: string, after: string) =>
      `“${token}” is the best token of run A: ${before} there, ${after} in run B.`
  },
  difference: {
    how: 'Each cell is a number of run B minus the same number of run A. One colour means more in B, the other more in A; a pale cell is the same in both.',
    says: (row: string, column: string, a: string, b: string, value: string) =>
      `Row “${row}”, column “${column}” differs most: ${a} in A, ${b} in B, so B − A is ${value}.`
  },
  nextDifference: {
    how: 'Each bar is how much likelier a token is in run B than in run A: to the right more, to the left less.',
    says: (token: string, before: string, after: string) =>
      `“${token}” changes most: ${before} in A, ${after} in B.`
  },
  ablation: {
    how: 'Each point is a head. To the right: it adds more to the logit directly. Upwards: the logit rises without it, downwards it falls. The two need not agree.',
    says: (head: string, direct: string, without: string) =>
      `Head ${head} changes the logit most when it is taken out: it adds ${direct} nats directly, and without it the logit changes by ${without}.`
  },
  matters: {
    how: 'Each cell is a run of its own: one place of one prompt was put into the other prompt’s run. 0: it changed nothing; 1: it brought the whole difference; outside 0 and 1 it went against or beyond it.',
    says: (row: number, column: string, value: string) =>
      `Row ${row}, column ${column} moves the answer most of what is measured so far: ${value}.`
  }
});
