import { counted } from '../../numbers';
import { inLanguage } from '../../spoken.svelte';

const TASKS = { one: 'task', other: 'tasks' };
const PUPILS = { one: 'pupil', other: 'pupils' };

/** Worksheets: the dialog that makes one, its page, and the class's page. */
export const worksheetWords = inLanguage('worksheetWords', {
  worksheet: 'Worksheet',
  noSheet: 'This link holds no worksheet.',
  noSheetSays: 'A teacher makes one in the explorer: Share, then “Make a worksheet of this view”.',
  toClass: 'Read a class’s answers',
  parts: 'Views of this worksheet',
  tokens: 'The prompt',
  tasks: (count: number) => counted(count, TASKS),
  taskNumber: (number: number) => `Task ${number}`,

  kinds: {
    token: 'predict a token',
    head: 'choose a head',
    position: 'mark a position',
    number: 'give a number',
    text: 'write a sentence'
  },
  yourName: 'Your name',
  answer: 'Your answer',
  after: (position: number, token: string) => `What comes next after position ${position}, “${token}”?`,
  aWord: 'a word',
  aHead: 'for example 5.3',
  aNumber: 'a number',
  takeHead: (head: string) => `Take the selected head, ${head}`,
  takePosition: (position: number, token: string) => `Take the selected position, ${position} “${token}”`,
  notAnAnswer: {
    token: 'That is not one token of this model. Try another word.',
    head: 'A head is its block and its number, as in 5.3; this model has no such head.',
    position: 'That is no position of this prompt: they are counted from 0.',
    number: 'That is not a number. Write it like 0.25.',
    text: 'Write something first.'
  },
  keep: 'Keep this answer',
  change: 'Change it',
  compare: 'Compare with the solution',
  right: 'Right.',
  solution: (text: string) => `The solution: ${text}.`,
  within: (text: string, tolerance: string) => `The solution: ${text}, give or take ${tolerance}.`,
  theModel: (token: string, share: string) => `The model: “${token}” with ${share}.`,
  gap: (token: string, share: string, gap: string) =>
    `Your “${token}” has ${share}: ${gap} percentage points less.`,
  gapPicture: (best: string, yours: string) => `Two bars: the model’s token ${best}, your token ${yours}`,
  modelBar: 'model',
  yourBar: 'you',
  save: 'Save my answers',
  print: 'Print',
  openAnswers: 'Open saved answers',
  saved: (file: string) => `Saved as ${file}. Hand this file in.`,
  nameFirst: 'Write your name first: it goes into the file.',
  stays: 'Answers stay in this tab until you save them. Nothing is sent.',
  notAnswers: (file: string) =>
    `${file} holds no answers to a worksheet. Choose a file that was saved there.`,
  otherSheet: (file: string) => `${file} is of another worksheet, and was left out.`,

  make: 'Make a worksheet of this view',
  makeSays:
    'The link fixes the prompt, the model and the views. Pupils answer in the page and save a file; nobody else sees it.',
  title: 'Title',
  usualTitle: 'Worksheet',
  whichViews: 'Views that pupils can open',
  hide: 'Leave out',
  hidden: { controls: 'controls', menu: 'the menu ⋯', table: 'tables' },
  addTask: 'Add a task',
  removeTask: (number: number) => `Remove task ${number}`,
  kind: 'Kind',
  question: 'Question',
  questionOf: {
    token: 'Which token comes next?',
    head: 'Which head reads the first token most?',
    position: 'Which position does the head read most?',
    number: 'How large is the weight?',
    text: 'Describe what you see.'
  },
  atPosition: 'after position',
  lastPosition: 'the last',
  solutionOf: 'Solution',
  solutionOptional: 'may stay empty',
  tolerance: 'give or take',
  withSolutions: 'Pupils can compare their answers with the solutions (they stand in the link)',
  link: 'Link for the class',
  copy: 'Copy the link',
  copied: 'Copied.',
  notCopied: 'The browser refused. Select the text and copy it.',
  open: 'Open it',
  length: (letters: number) => `${letters} letters.`,
  close: 'Close',
  /** What thirty pupils load. */
  loads: (page: string, thirty: string, models: string, recording: string) =>
    `This page has loaded ${page} in this tab, its model included. Each pupil loads that once: thirty pupils ${thirty}. Models: ${models}. A recording of a short prompt of gpt2-nano, which needs no model: ${recording}. For a class on one line, serve the page from a computer in the room: run npm start there, and give pupils its address.`,

  classTitle: 'A class’s answers',
  classSays:
    'Choose the files that pupils saved, or drop them here. They are read in this page and sent nowhere.',
  choose: 'Choose files',
  pupils: (count: number) => counted(count, PUPILS),
  noFiles: 'No answers yet.',
  results: 'Task by task',
  rightOf: (right: number, judged: number) => `${right} of ${judged} right`,
  answeredBy: (pupils: number) => `answered by ${counted(pupils, PUPILS)}`,
  answers: 'Answers',
  everyPupil: 'Pupil by pupil',
  pupil: 'pupil',
  sharesPicture: (pupils: number) =>
    `Probability of each pupil’s token by the model, from 0 to 100 %: ${counted(pupils, PUPILS)}; the line is the model’s own token`,
  saveTable: 'Save as CSV',
  remove: 'Remove all'
});
