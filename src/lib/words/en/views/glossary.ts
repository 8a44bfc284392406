import { inLanguage } from '../../spoken.svelte';

/** The glossary: its page, the card that a term opens, and one or two sentences a term. Names stand in `terms.ts`. */
export const glossaryWords = inLanguage('glossaryWords', {
  gallery: 'Gallery: every picture, without a model',
  title: 'Glossary',
  lead: 'Every term of the page and its lessons: what it means, its formula, and where to see it. A term with a dotted line under it opens the same text in place.',
  live: (view: string) => `See it live: ${view}`,
  all: 'All terms',
  close: 'Close',
  groups: {
    text: 'Text and model',
    stream: 'From tokens to the stream',
    parts: 'Attention and MLP',
    output: 'From the stream to a prediction',
    decoding: 'Choosing the next token',
    why: 'Why a prediction comes out',
    heads: 'What heads do in general'
  },
  says: {
    token:
      'A piece of text that the model reads as one unit: a word, a part of one, or a single byte. A space before a word belongs to its token.',
    vocabulary:
      'All tokens that a model knows. Each has a number, its id; the model gives each a probability.',
    bpe: 'The way a text is cut into tokens: it starts with single bytes and joins the pair that stands first in a learned list, until no pair of the list is left.',
    prompt: 'The text that the model is given. Everything on the page is computed for it.',
    position: 'The place of a token in the prompt, counted from 0.',
    context:
      'The largest number of tokens that the model can read at once; it has learned one position embedding for each.',
    special:
      'A token that stands for no text. GPT-2 has one, <|endoftext|>, which separated the documents in training.',
    checkpoint:
      'The files of a trained model: its parameters by name, its sizes (config.json) and its tokenizer.',
    parameter: 'A number that training has set. No prompt changes it.',
    weight:
      'A parameter that something is multiplied by. In an attention pattern: the share with which a query reads a key.',
    bias: 'A parameter that is added, whatever the input is.',
    activation:
      'A number that is computed for a prompt. It differs from prompt to prompt, as no parameter does.',

    embedding:
      'The learned vector of a token: one row of the matrix wte. The residual stream starts with it.',
    pos_embed:
      'The learned vector of a position: one row of the matrix wpe, added to the token’s. Without it, a single attention layer would read the same tokens in the same way in any order.',
    residual:
      'One vector per position that runs through the whole model. Every attention and every MLP reads from it and adds a vector to it.',
    block:
      'One layer of the model: LayerNorm and attention, then LayerNorm and MLP. Blocks are counted from 0.',
    hidden:
      'Hugging Face’s name for the residual stream between blocks. Its last one has ln_f applied, unlike resid_post of the last block.',
    layernorm:
      'Brings a vector to mean 0 and standard deviation 1, then multiplies each component by a learned weight and adds a learned bias.',
    norm: 'The length of a vector: the root of the sum of its squared components.',
    cosine: 'How much two vectors point the same way: 1 the same way, 0 at right angles, −1 opposite ways.',

    attention:
      'Moves information between positions: each query takes a weighted mean of the values of the positions up to its own.',
    head: 'One of several attentions that work side by side in a block. Head 5.3 is head 3 of block 5, both counted from 0.',
    query:
      'The vector that a position compares with the keys; also the position itself, a row of the pattern.',
    key: 'The vector that a position offers to the queries; also the position itself, a column of the pattern.',
    value: 'The vector that a query receives from a position that it reads.',
    score: 'How well a query fits a key: their dot product, divided by the root of their length.',
    mask: 'Sets the scores of later positions to minus infinity, so that no position reads what comes after it.',
    pattern:
      'The weights of one head: one row per query, one column per key. Each row adds up to 1; the model file holds none of them.',
    z: 'What a head has read for a query: the mean of the values, weighted by its row of the pattern.',
    result: 'What one head adds to the residual stream: its z through its rows of c_proj.',
    mlp: 'The second half of a block. It works on each position by itself: a wide layer of neurons, then back to the width of the stream.',
    neuron:
      'One component of the MLP’s wide layer: it reads one direction of the stream and, as far as it is active, adds another.',
    gelu: 'The activation function of the MLP: near 0 for negative inputs, near the input itself for positive ones. GPT-2 uses its tanh form.',

    unembedding: 'Turns the last vector of the stream into one logit per token of the vocabulary.',
    tying:
      'Embedding and unembedding share one matrix: what a token writes at the start is what it is read by at the end.',
    logit:
      'The score of a token before softmax, in nats. Only differences count: the same number added to all changes nothing.',
    softmax:
      'Turns scores into positive numbers that add up to 1: each is the exponential of its score, divided by the sum of all.',
    probability: 'The model’s share for a token to come next; over the whole vocabulary they add up to 1.',
    log_probability:
      'The natural logarithm of a probability. It is 0 for certain and falls as the probability does.',
    rank: 'The place of a token when all are sorted by logit: 1 is the best.',
    lens: 'Reads the residual stream at any depth as if it were the last: through ln_f and the unembedding, as next-token logits.',
    entropy:
      'How spread a distribution is, in nats: 0 if one token has all the probability, ln(vocab_size) if all tokens have the same.',
    kl: 'How far one distribution is from another, in nats: 0 if they are equal. It is not the same in both directions.',
    loss: 'What training makes small: the mean surprise over the tokens of a text.',
    surprise:
      'Minus the log probability of the token that came. It is small where the model gave that token a high probability.',
    perplexity:
      'The exponential of the loss: the model is as uncertain as among so many equally likely tokens.',

    greedy: 'Takes the most likely token at each step.',
    sampling: 'Draws the next token at random, each with its probability.',
    seed: 'The number from which a random draw starts: the same seed gives the same draw.',
    temperature: 'Divides the logits before softmax: below 1 the best tokens gain, above 1 the others do.',
    top_k: 'Keeps the k best tokens and shares the probability among them.',
    top_p:
      'Keeps the best tokens until their probabilities reach p together, and shares the probability among them.',
    min_p: 'Keeps the tokens whose probability is at least this share of the best one’s.',
    typical:
      'Keeps the tokens whose surprise is nearest to the entropy, until their probabilities reach p together.',
    repetition: 'Lowers the logits of tokens that are already in the text.',
    beam: 'Keeps several texts at once, continues each, and keeps the ones with the best scores.',

    edit: 'A change at one place inside a run: set to 0, scaled, taken from elsewhere. Everything after it is computed anew.',
    runs: 'A is the run of the prompt; B is the same run with edits, or a run of another prompt or in another model.',
    metric:
      'The number by which two runs are compared: a logit, a difference of two, a log probability, or KL.',
    attribution:
      'Splits a logit into what each part of the model has written for it. The parts add up to the logit.',
    ablation:
      'Takes a part out and computes everything after it anew: how much the prediction changes without it.',
    patching:
      'Puts an activation of one run into another run at the same place: how much of the first run’s answer comes back.',
    path: 'Patches what one head sends to one other part, and leaves every other path as it was.',
    tracing:
      'Adds noise to the token embeddings of a prompt’s subject, then restores one state at a time: which one brings the answer back.',
    saliency:
      'How strongly a metric changes with a small change of each token’s embedding: gradient times input.',

    induction:
      'A head that, at a token seen before, reads the token that came after it then. It continues repeated text.',
    previous: 'A head that reads the position just before the query.',
    duplicate: 'A head that reads earlier places of the same token.',
    ov: 'What a head would write if it read a token: its value matrix, then its rows of c_proj.',
    qk: 'Which keys a head’s query fits, by its query and key matrices alone.',
    copying:
      'How far a head, by its weights, makes the token that it reads likelier: 1 always, −1 the opposite.',
    composition:
      'How much of what an earlier head writes lies in the directions that a later head’s query, key or value reads.'
  }
});
