import type { Term } from '$lib/words/en/views/terms';

/** What the glossary holds of a term besides words. */
export interface TermFacts {
  /** As one would type it; names as in the checkpoint and in TransformerLens. */
  readonly formula: string;
  /** Fields of a link into the explorer that shows it. */
  readonly live: string;
}

type Group = 'text' | 'stream' | 'parts' | 'output' | 'decoding' | 'why' | 'heads';

const fact = (live: string, formula: string): TermFacts => ({ live, formula });

/** All terms, in the order of the page, each under its group. */
const TERMS: Readonly<Record<Group, Readonly<Partial<Record<Term, TermFacts>>>>> = {
  text: {
    token: fact('view=embeddings', 'ids = tokenizer.encode(text)'),
    vocabulary: fact('view=weights&weights=wte', 'wte [vocab_size, n_embd]'),
    bpe: fact('view=embeddings', '(a, b) → ab, rank(a, b) = min'),
    prompt: fact('view=flow', 'ids [T]'),
    position: fact('view=residual', '0 … T − 1'),
    context: fact('view=weights&weights=wpe', 'T ≤ n_ctx'),
    special: fact('view=attention&bos=1', '<|endoftext|>'),
    checkpoint: fact('view=weights', 'config.json, model.safetensors, tokenizer.json'),
    parameter: fact('view=weights', 'transformer.h.0.attn.c_attn.weight [n_embd, 3 · n_embd]'),
    weight: fact('view=weights&parameter=transformer.h.0.mlp.c_fc.weight', 'y = x · weight + bias'),
    bias: fact('view=weights&parameter=transformer.h.0.attn.c_attn.bias', 'y = x · weight + bias'),
    activation: fact('view=mlp', 'blocks.L.mlp.hook_post')
  },
  stream: {
    embedding: fact('view=embeddings', 'embed = wte[id]'),
    pos_embed: fact('view=embeddings', 'pos_embed = wpe[position]'),
    residual: fact('view=residual', 'resid_mid = resid_pre + attn_out, resid_post = resid_mid + mlp_out'),
    block: fact('view=flow&open=0', 'resid_pre → ln_1 → attn → + → ln_2 → mlp → + → resid_post'),
    hidden: fact(
      'view=residual',
      'hidden_states[L] = resid_pre(L), hidden_states[n_layer] = ln_f(resid_post)'
    ),
    layernorm: fact('view=layernorm', '(x − mean(x)) / √(variance(x) + ε) · weight + bias'),
    norm: fact('view=residual', '‖x‖ = √Σ xᵢ²'),
    cosine: fact('view=residual', 'x · y / (‖x‖ · ‖y‖)')
  },
  parts: {
    attention: fact('view=attention', 'softmax(mask(q · kᵀ / √d_head)) · v'),
    head: fact('view=attention&heads=all', 'd_head = n_embd / n_head'),
    query: fact('view=qkv', 'q = ln1.normalized · W_Q + b_Q'),
    key: fact('view=qkv', 'k = ln1.normalized · W_K + b_K'),
    value: fact('view=qkv', 'v = ln1.normalized · W_V + b_V'),
    score: fact('view=attention&stage=scaled', 'attn_scores[i, j] = q[i] · k[j] / √d_head'),
    mask: fact('view=attention&stage=masked', 'attn_scores[i, j] = −∞ where j > i'),
    pattern: fact('view=attention', 'pattern[i] = softmax(attn_scores[i])'),
    z: fact('view=qkv', 'z[i] = Σⱼ pattern[i, j] · v[j]'),
    result: fact('view=residual', 'result = z · W_O'),
    mlp: fact(
      'view=mlp',
      'mlp_out = GELU(ln2.normalized · c_fc.weight + c_fc.bias) · c_proj.weight + c_proj.bias'
    ),
    neuron: fact('view=mlp', 'mlp.post[n] = GELU(mlp.pre[n])'),
    gelu: fact('view=mlp', '0.5 · x · (1 + tanh(√(2 / π) · (x + 0.044715 · x³)))')
  },
  output: {
    unembedding: fact('view=lens', 'logits = ln_final.normalized · W_U'),
    tying: fact('view=weights&weights=wte', 'W_U = wteᵀ'),
    logit: fact('view=decode', 'logits [T, vocab_size]'),
    softmax: fact('view=attention&stage=softmax', 'pᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)'),
    probability: fact('view=lens&measure=probability', 'p = softmax(logits)'),
    log_probability: fact('view=decode&decode=loss&loss=log_probability', 'ln p'),
    rank: fact('view=lens&measure=rank', '1 + #{u : logit(u) > logit(t)}'),
    lens: fact('view=lens', 'ln_f(resid) · W_U'),
    entropy: fact('view=lens&measure=entropy', '−Σ p · ln p'),
    kl: fact('view=lens&measure=kl', 'Σ p · ln(p / q)'),
    loss: fact('view=decode&decode=loss', '−Σᵢ ln p(ids[i] | ids[< i]) / (T − 1)'),
    surprise: fact('view=decode&decode=loss', '−ln p(token)'),
    perplexity: fact('view=decode&decode=loss', 'exp(loss)')
  },
  decoding: {
    greedy: fact('view=decode&do_sample=0', 'argmax(logits)'),
    sampling: fact('view=decode&do_sample=1', 'token ~ softmax(logits)'),
    seed: fact('view=decode&seed=42', 'seed → u ∈ [0, 1)'),
    temperature: fact('view=decode&temperature=0.5', 'softmax(logits / temperature)'),
    top_k: fact('view=decode&top_k=5', 'rank(t) ≤ k'),
    top_p: fact('view=decode&top_p=0.9', 'Σ p(u) < top_p, rank(u) < rank(t)'),
    min_p: fact('view=decode&min_p=0.1', 'p ≥ min_p · max(p)'),
    typical: fact('view=decode&typical_p=0.9', '|−ln p − entropy| ↑, Σ p ≥ typical_p'),
    repetition: fact('view=decode&repetition_penalty=1.3', 'logit > 0 ? logit / penalty : logit · penalty'),
    beam: fact('view=decode&decode=beams', 'score = Σ ln p / length^length_penalty')
  },
  why: {
    edit: fact('view=why&why=edit', 'x → 0, a · x, mean(x), x_B, x + a · d'),
    runs: fact('view=why&why=edit', 'B − A'),
    metric: fact('view=why&why=wrote', 'logit(t) − logit(u)'),
    attribution: fact('view=why&why=wrote', '((c − mean(c)) / ln_final.scale · ln_f.weight) · W_U[:, t]'),
    ablation: fact('view=heads', 'metric(edited) − metric(baseline)'),
    patching: fact('view=why&why=matters', '(m − m_corrupt) / (m_clean − m_corrupt)'),
    path: fact('view=why&why=matters&matters=path', 'Δ result(h₁) → q, k, v (h₂)'),
    tracing: fact('view=why&why=matters&matters=trace', 'p(restored) − p(corrupted)'),
    saliency: fact('view=why&why=wrote', 'Σᵢ ∂metric/∂xᵢ · xᵢ')
  },
  heads: {
    induction: fact('view=heads&score=induction', 'mean(pattern[i, j + 1] : ids[i] = ids[j], j < i)'),
    previous: fact('view=heads&score=previous', 'mean(pattern[i + 1, i])'),
    duplicate: fact('view=heads&score=duplicate', 'mean(pattern[i, j] : ids[i] = ids[j], j < i)'),
    ov: fact('view=heads', 'W_V · W_O'),
    qk: fact('view=heads', 'W_Q · W_Kᵀ'),
    copying: fact('view=heads&score=copying', 'Σ λᵢ / Σ |λᵢ|, W_V · W_O · xᵢ = λᵢ · xᵢ'),
    composition: fact('view=heads&compose=k', '‖W_OV · W_QKᵀ‖ / (‖W_OV‖ · ‖W_QK‖)')
  }
};

type TermGroup = keyof typeof TERMS;
export const TERM_GROUPS = Object.keys(TERMS) as TermGroup[];

/** The terms of a group, in order. */
export const termsOf = (group: TermGroup) => Object.entries(TERMS[group]) as [Term, TermFacts][];

const FACTS = new Map(TERM_GROUPS.flatMap(termsOf));
export const ALL_TERMS: readonly Term[] = [...FACTS.keys()];

/** Throws: RangeError if the glossary has no such term. */
export function termFacts(term: Term): TermFacts {
  const facts = FACTS.get(term);
  if (!facts) throw new RangeError(`termFacts: term must be one of ${ALL_TERMS.join(', ')}, got ${term}.`);
  return facts;
}
