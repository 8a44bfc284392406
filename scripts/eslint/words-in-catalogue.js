/**
 * Words that a reader of the page can meet stand in src/lib/words, so that the page speaks more than one language.
 *
 * Reported: any word between tags and in an attribute that is read (aria-label, title, label, …), and in script every
 * string with two words in a row. Left alone: errors (for developers), code between <code> tags, names, imports, types,
 * CSS selectors, and attributes that are not read.
 */

const READ_ATTRIBUTES = new Set(
  'aria-label aria-description aria-valuetext aria-roledescription title placeholder alt label caption say part help unit heading text'.split(
    ' '
  )
);

/** Names of things, in every language the same. */
const NAMES = new Set(
  'GPT Lens wte wpe px LayerNorm MLP GELU pre post max logits logit softmax OpenAI PyTorch TypeScript Python GB MB kB ms nats id'.split(
    ' '
  )
);
const QUIET_ELEMENTS = new Set(['code', 'pre']);
/** A name in code: resid_pre, ln1.scale, c_attn, n_embd, top-k. */
const IDENTIFIER = /\w*[_.\d][\w.]*|\w+-[kp]\b/gu;
const WORD = /\p{L}[\p{L}'’]+/gu;
/** Methods that take a CSS selector. */
const SELECTS = /^(querySelector(All)?|closest|matches)$/;
const TWO_WORDS = /(^|[^\w$./@-])[A-Za-z][a-z'’]+[,;:]? [A-Za-z][a-z'’]+(?![\w(=./-])/;

/** @param {string} text what stands between tags */
function hasWords(text) {
  const words = text.replaceAll(/&\w+;/g, ' ').replaceAll(IDENTIFIER, ' ').match(WORD) ?? [];
  return words.some((word) => !NAMES.has(word));
}

/** @param {string} text what a script writes */
function hasSentence(text) {
  return TWO_WORDS.test(text.replaceAll(WORD, (word) => (NAMES.has(word) ? '' : word)));
}

/** @param {any} node */
function ancestors(node) {
  const all = [];
  for (let parent = node.parent; parent; parent = parent.parent) all.push(parent);
  return all;
}

/** @param {any} node */
function isQuiet(node) {
  return ancestors(node).some(
    ({ type, name, key, callee, operator }) =>
      (type === 'SvelteElement' && QUIET_ELEMENTS.has(name?.name)) ||
      type === 'SvelteStyleElement' ||
      type === 'ThrowStatement' ||
      type === 'SwitchCase' ||
      (type === 'BinaryExpression' && /^[!=]==$/.test(operator)) ||
      (type === 'CallExpression' && SELECTS.test(callee.property?.name ?? '')) ||
      (type === 'NewExpression' && /Error$/.test(callee?.name ?? '')) ||
      (type.startsWith('TS') &&
        type !== 'TSAsExpression' &&
        type !== 'TSSatisfiesExpression' &&
        type !== 'TSNonNullExpression') ||
      type === 'ImportDeclaration' ||
      type === 'SvelteStyleDirective' ||
      (type === 'SvelteAttribute' && !READ_ATTRIBUTES.has(key.name))
  );
}

/** @type {import('eslint').Rule.RuleModule} */
export const wordsInCatalogue = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      word: 'A reader meets "{{text}}": put it into src/lib/words (en and zh) and read it from there.'
    }
  },
  create(context) {
    const report = (/** @type {any} */ node, /** @type {string} */ text) =>
      context.report({ node, messageId: 'word', data: { text: text.trim().slice(0, 60) } });
    const inScript = (/** @type {any} */ node, /** @type {unknown} */ text) => {
      if (typeof text === 'string' && hasSentence(text) && !isQuiet(node)) report(node, text);
    };
    return {
      SvelteText(/** @type {any} */ node) {
        if (hasWords(node.value) && !isQuiet(node)) report(node, node.value);
      },
      SvelteLiteral(/** @type {any} */ node) {
        if (hasWords(node.value) && !isQuiet(node)) report(node, node.value);
      },
      Literal: (/** @type {any} */ node) => inScript(node, node.value),
      TemplateElement: (/** @type {any} */ node) => inScript(node, node.value.cooked)
    };
  }
};
