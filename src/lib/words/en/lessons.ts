import { counted, integer } from '../numbers';
import { inLanguage } from '../spoken.svelte';

const CELLS = { one: 'cell', other: 'cells' };
const NUMBERS = { one: 'number', other: 'numbers' };

/** Lessons: the catalogue, the bar above a lesson, its cells, checks and questions. Their own texts are in src/lessons. */
export const lessonWords = inLanguage('lessonWords', {
  lead: 'Notebook pages that run here, on a real GPT-2 and your own text. Every cell shows its code and its result as PyTorch prints it, and can be changed; the lessons that follow a published notebook compare each number with the one that it printed.',
  /** Below the lessons, where the site holds it. */
  apiReference: 'API reference of what cells can call',
  /** How long it takes, and what it follows; null: nothing. */
  facts: (minutes: number, source: string | null) =>
    `${minutes} minutes · ${source === null ? 'our own' : `follows ${source}`}`,
  languages: (names: string) => `in ${names}`,
  onlyEnglish: 'This lesson is not translated; it is shown in English.',
  /** Above the lesson, before a list of differences. */
  differs: (model: string) =>
    `This lesson describes GPT-2 as it was published. ${model} computes differently. Pictures, formulas and every activation that is read are its own; a cell that builds GPT-2 by hand computes as GPT-2 does, so its result is not the model’s.`,
  differences: {
    activation: (formula: string) =>
      `Between the two layers of each MLP: ${formula}, not the tanh form of GELU.`,
    unscaled: 'Scores are q·k, not divided by √d_head.',
    inverseLayer: 'The scores of block L are also divided by L + 1.',
    ownHead: 'Logits are read with lm_head, a matrix of its own, not with wte transposed.',
    epsilon: (value: number) => `Each LayerNorm adds ${value} to the variance, not 0.00001.`
  },
  languageFailed:
    'The lesson could not be fetched in this language. Check the connection and load the page again.',
  textFailed:
    'The training text that this lesson reads could not be fetched, so its cells do not run. Check the connection and load the page again.',
  noLesson: 'There is no lesson of that name.',
  allLessons: 'All lessons',
  modelComes: 'The model is being loaded. Read on: the cells run as soon as it is here.',

  howShown: 'How the lesson is shown',
  modes: { read: 'Read', step: 'Step through', present: 'Present' },
  layer: 'layer',
  head: 'head',
  position: 'position',
  gate: 'answer first',
  gateSays: 'The next step opens when the question of this one is answered; a link keeps this for a class',
  waitsForAnswer: 'Answer the question of this step first',
  back: '← Back',
  next: 'Next →',
  step: (step: number, all: number) => `Step ${step} of ${all}`,
  whereInModel: 'Where in the model',
  normOfBlock: (count: number, name: string, layer: number, position: number) =>
    `${count} values at ${name}, block ${layer}, position ${position}`,
  normAfterLast: (count: number, name: string, position: number) =>
    `${count} values at ${name}, after the last block, position ${position}`,
  noPicture: (name: string, known: string) => `There is no picture called ${name}. Use ${known}.`,

  cell: (number: number, name: string) => `Cell ${number}: ${name}`,
  waiting: 'Waiting for the model…',
  running: 'Running…',
  held: 'This text was changed and has not been run. Read it, then press Run.',
  heldFromLink: 'This text came with the link and has not been run. Read it, then press Run.',
  /** Above the lesson. */
  linkBringsText: (cells: number) =>
    `This link brings its own text for ${counted(cells, CELLS)}. Nothing of it runs before you press Run; then it runs in a sandbox without network and storage, apart from this page.`,
  toFirstOfLink: 'Go to the first',
  stop: 'Stop',
  lost: 'After this cell had ended, something that it had started kept the worker busy or closed it. The worker was ended.',
  restored: 'The lesson’s own text is back.',
  bringBack: 'Bring my text back',
  left: 'A cell above must run first.',
  run: 'Run',
  runAbove: 'Run all above',
  runBelow: 'Run from here',
  runAlone: 'Run alone',
  runAll: 'Run all',
  restart: 'Restart',
  restartHint: 'Forgets every result and starts the worker of the cells anew; changed cells wait for Run.',
  save: 'Save',
  saveNotebook: 'as a notebook (.ipynb, its Python)',
  saveMarkdown: 'as Markdown, with results and pictures',
  saveCells: 'changed and own cells',
  openCells: 'open saved cells',
  saved: (file: string) => `Saved as ${file}`,
  saveFailed: 'That did not work. Try it once more.',
  notCells: (file: string) => `${file} holds no saved cells. Choose a .json file that was saved here.`,
  otherLesson: (lesson: string) => `These cells belong to the lesson “${lesson}”. Open it there.`,
  cellsOpened: (cells: number) => `${counted(cells, CELLS)} opened. Nothing of it runs before you press Run.`,
  /** In a saved file. */
  file: {
    from: (address: string) => `Saved from ${address}`,
    install: 'Once, in a terminal: pip install torch "transformers>=5"',
    noPython: 'This cell runs on the page; it has no Python.',
    changed: 'This cell was changed on the page; the Python above is the lesson’s own.',
    result: 'Result on the page:',
    picture: (name: string) => `Picture: ${name}`,
    predict: 'Predict first:'
  },
  addCell: 'Add a cell',
  /** Beside the button, for screen readers. */
  addCellUnder: (step: string) => `under ${step}`,
  remove: 'Remove',
  ownCell: (name: string) => `Your own cell: ${name}`,
  restore: 'Restore',
  edit: 'Edit',
  showSolution: 'Show the solution',
  language: 'TypeScript',
  sourceLanguage: 'Python · the source’s library',
  codeOf: (language: string, cell: string) => `${language} of ${cell}`,
  editor: 'TypeScript · Ctrl Enter runs it · Escape leaves',
  editorOf: (cell: string) => `Code of ${cell}`,
  printedBy: (cell: string) => `Printed by ${cell}`,
  resultOf: (cell: string) => `Result of ${cell}`,
  /** Where an error is; null: this cell, or a column that is not known. */
  place: (cell: string | null, line: number, column: number | null) =>
    `${cell === null ? 'Line' : `In the cell ${cell}, line`} ${line}${column === null ? '' : `, column ${column}`}.`,
  /** What to try after an error, by its code; {name} is a name of the code. */
  hints: {
    bracket:
      'Look at this place and just before it: a bracket, a comma or a quote is missing, or one is too many.',
    end: 'The cell ends too early: close the bracket, brace or quote that is still open.',
    quote: 'Close the text with the quote that opened it. A text over several lines needs backticks: `…`.',
    backtick: 'Close the text with a backtick: `…`.',
    twice: '“{name}” is declared twice in this cell: take away one const or let, or use another name.',
    import:
      'Nothing needs to be imported: tf, model, tokenizer, trace and all functions of this page are there.',
    python:
      'This looks like Python. Cells run TypeScript: const x = 1;  for (const id of ids) { … }  console.log(x);  // a comment',
    near: 'Is “{name}” meant?',
    name: 'Declare “{name}” in this cell or in one above it, or check its spelling.',
    call: 'What comes before the parentheses is not a function: check its spelling, or print it with console.log.',
    await: 'What comes before the dot has no value. Is an await missing? Print it with console.log.',
    loop: 'Look for a loop that never ends, or compute less.',
    lost: 'Look for timers, promises and loops that continue after the last line; then press Run.'
  },
  stale: 'From before the change',
  showLess: 'Show less',
  showAll: (lines: number) => `Show all ${integer(lines)} lines`,
  showAllRows: (rows: number) => `Show all ${integer(rows)} rows`,
  copy: 'Copy',
  copied: 'Copied',

  source: 'Source',
  notCompared: 'Not compared yet.',
  otherSituation: 'Another prompt, layer or text than the source’s: so there is nothing to compare with.',
  noReference: 'No reference values are known for this model.',
  asSource: 'As the source printed it',
  asReference: 'As Hugging Face transformers prints it for gpt2-nano',
  same: (whose: string) => `${whose}.`,
  sameNumbers: (whose: string, count: number, worst: string) =>
    `${whose}: ${counted(count, NUMBERS)}, largest difference ${worst}.`,
  otherForm: 'Not as expected: another form than the reference.',
  otherNumbers: (worst: string, count: number) =>
    `Not as expected: largest difference ${worst} in ${counted(count, NUMBERS)}.`,
  sourcePrinted: (file: string, cell: string, what: string) =>
    `The source (${file}, ${cell}) ran GPT-2 small and printed for ${what}:`,
  /** What a printed value is, as the list of the sources' values says it in English. */
  what: (what: string) => what,
  valueOfSource: (id: string) => `The source: ${id}`,
  nanoPrinted: 'Hugging Face transformers on gpt2-nano, summarised:',
  valueOfNano: (id: string) => `gpt2-nano: ${id}`,

  summary: 'How the values compare',
  passed: (passed: number, compared: number) => `${passed} of ${compared}`,
  /** After the count. */
  cameOut: 'of the source’s values are the same here.',
  agree: (model: string) => `values agree with Hugging Face transformers on ${model}.`,
  notAsStarted:
    'The prompt or the layer is not the source’s now, so its numbers have nothing to be compared with.',
  backToSource: 'Back to the source’s prompt',
  otherModel: (model: string, source: string, count: number) =>
    `The source ran GPT-2 small; this page runs ${model}. Load \`${source}\` to compute the source’s own ${count} values, or prove them in one command: \`npm run -s verify -- --model static/models/gpt2\`.`,
  load: (model: string) => `Load ${model}`,
  goOnLoading: (model: string) => `Continue loading ${model}`,
  open: (model: string) => `Open ${model}`,
  fetchedFrom: (size: string, origin: string) => `${size} from ${origin}, kept in this browser.`,
  loadFailed: (model: string, detail: string) =>
    `${model} could not be loaded (${detail}) Check the connection and press the button again; it continues where it stopped.`,

  predictFirst: 'Predict first.',
  yourToken: 'Your token',
  aWord: 'a word',
  keepAnswer: 'Keep this answer',
  notOneToken: 'That is more than one token; try a shorter word.',
  answers: 'Answers',
  /** {answer} is the token, position or choice. */
  yourAnswer: 'Your answer: {answer}.',
  reveal: 'Reveal',
  right: 'Right: {answer}.',
  theModel: 'The model: {answer}.',
  away: (apart: string, best: string, yours: string) =>
    `You are ${apart} percentage points away: ${best} against ${yours}.`,
  askAgain: 'Ask again'
});
