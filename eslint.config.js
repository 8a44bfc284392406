import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { wordsInCatalogue } from './scripts/eslint/words-in-catalogue.js';
import svelteConfig from './svelte.config.js';

/**
 * What each folder of src/lib may not import: everything to its right in
 * `gpt2, words <- cells <- engine <- views <- state <- viz, lesson <- stage <- check <- routes, package`; check has nothing to
 * do with views, state and viz.
 */
const FORBIDDEN = {
  words: ['gpt2', 'cells', 'engine', 'views', 'state', 'viz', 'lesson', 'stage', 'check'],
  gpt2: ['cells', 'engine', 'views', 'state', 'viz', 'lesson', 'stage', 'check'],
  cells: ['engine', 'views', 'state', 'viz', 'lesson', 'stage', 'check'],
  engine: ['views', 'state', 'viz', 'lesson', 'stage', 'check'],
  views: ['state', 'viz', 'lesson', 'stage', 'check'],
  state: ['viz', 'lesson', 'stage', 'check'],
  viz: ['engine', 'views', 'state', 'lesson', 'stage', 'check'],
  lesson: ['engine', 'views', 'state', 'stage', 'check'],
  stage: ['engine', 'lesson', 'check'],
  check: ['views', 'state', 'viz', 'stage']
};

/** A view's spec leads to its picture by import(): what stands in `reads` is fetched when the view is opened. */
const READS_MESSAGE = 'A picture reads the page by the stage that it is given.';
const OPENED_LATER = 'src/lib/views/reads/**';

/** Folders meet only at their index.ts; what a worker of another folder needs of the engine stands apart from it. */
const DEEP_IMPORTS = {
  group: [
    '$lib/*/*',
    '!$lib/viz/styles.css',
    '!$lib/viz/styles.css?inline',
    '!$lib/lesson/code.css',
    '!$lib/engine/in-worker',
    // A view's own words and picture are no part of what its folder gives to others.
    '!$lib/words/en',
    '$lib/words/en/*',
    '!$lib/words/en/views'
  ],
  message: 'Import from the folder (its index.ts), not from a file inside it.'
};

/** What pictures share; every other folder of viz is a view's, or a page's. */
const SHARED_OF_VIZ = ['color', 'common', 'figure', 'glossary', 'marks', 'text'];

const VIEW_FOLDERS = readdirSync(new URL('src/lib/viz', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !SHARED_OF_VIZ.includes(entry.name))
  .map(({ name }) => name);

/** No view imports another one; what two of them need is shared. The folder's own index.ts names all. */
const VIEWS_APART = {
  patterns: [
    {
      regex: `^(\\.\\./)+(${VIEW_FOLDERS.join('|')})(/|$)`,
      message: 'A view imports no other view: move what both need to viz/common or viz/marks.'
    }
  ]
};

/** Texts for a model that reads English. */
const PROMPTS = ['src/lib/state/**/{example-prompts,prompt-pairs}.ts', 'src/routes/gallery/prompts.ts'];

/** What these print is held beside a source's text, letter by letter. */
const PRINTED_AS_PYTHON = ['src/lib/lesson/checks/**'];

/** @type {import('typescript-eslint').ConfigArray} */
const importRules = Object.entries(FORBIDDEN).map(([folder, later]) => ({
  files: [`src/lib/${folder}/**`],
  ignores: [OPENED_LATER],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          DEEP_IMPORTS,
          {
            group: later.flatMap((name) => [
              `$lib/${name}`,
              `$lib/${name}/**`,
              `**/../${name}`,
              `**/../${name}/**`
            ]),
            message: `Imports go one way: gpt2 <- cells <- engine <- views <- state <- viz, lesson <- routes; ${folder} may not import these.`,
            allowTypeImports: folder === 'views'
          }
        ]
      }
    ]
  }
}));

export default ts.config(
  {
    ignores: [
      'node_modules/',
      '.svelte-kit/',
      'build/',
      'packages/',
      'python/gpt2_lens/static/',
      'static/',
      'tests/fixtures/'
    ]
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node, ...globals.worker } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig, extraFileExtensions: ['.svelte'] } }
  },
  {
    rules: {
      'no-console': 'error',
      'no-undef': 'off', // TypeScript knows better
      eqeqeq: 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }]
    }
  },
  {
    files: ['src/lib/**', 'src/routes/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Everything random takes a seed: use $lib/gpt2 random.'
        }
      ]
    }
  },
  { files: ['tests/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/lib/viz/**', 'src/lib/lesson/**', 'src/lib/state/**', 'src/routes/**'],
    ignores: [...PROMPTS, ...PRINTED_AS_PYTHON],
    plugins: { local: { rules: { 'words-in-catalogue': wordsInCatalogue } } },
    rules: { 'local/words-in-catalogue': 'error' }
  },
  ...importRules,
  { files: ['src/lib/viz/**'], rules: { 'no-restricted-imports': ['error', VIEWS_APART] } },
  {
    files: [OPENED_LATER],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['$lib/state', '$lib/lesson'], message: READS_MESSAGE, allowTypeImports: true }]
        }
      ]
    }
  },
  {
    files: ['src/routes/**', 'src/lib/stage/**', 'src/package/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [DEEP_IMPORTS] }] }
  },
  { rules: { 'svelte/no-navigation-without-resolve': 'off' } }
);
