import { plural } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The Models page: what there is, what is under way, what is kept. */
export const modelsWords = inLanguage('modelsWords', {
  title: 'Models',
  lead: 'Every model here is GPT-2: the same computation, more or fewer numbers. It runs in this page, and what you type is sent nowhere: a link holds it after its #, which browsers send to no server.',
  catalogue: 'Catalogue',
  own: 'Your models',
  more: 'More models',
  another: 'Another model',
  keptHere: 'Kept here',

  served: 'comes with this page',
  kept: (size: string) => `kept in this browser, ${size}`,
  partial: (size: string) => `${size} are here already`,
  absent: 'not on this device',
  chosen: 'not kept; read again when opened',
  parameters: 'parameters',
  dtype: 'numbers stored as',
  download: 'download',
  memory: 'memory',
  about: (size: string) => `about ${size}`,
  licence: 'licence',
  checkedBy: 'checked by',
  mayNotOpen: (warning: string) => `${warning} It may not open here.`,
  back: 'Back to the explorer',
  open: 'Open',
  goOn: 'Continue',
  fetch: 'Download',
  fetchAgain: 'Try again',
  update: 'Check for changes',
  forget: 'Take off the list',
  refused: 'not taken',
  askDelete: (size: string) => `Delete ${size}?`,
  delete: 'Delete',
  keep: 'Keep',
  deleteThis: 'Delete…',
  deleteNamed: (name: string) => `Delete ${name}…`,
  /** In the words of what went wrong. */
  failed: (detail: string) => detail,

  address: 'Hub id or address',
  addressHelp:
    "Any checkpoint of GPT-2's architecture. It is fetched from there, only when you press the button.",
  addressPlaceholder: 'owner/model, owner/model@revision or https://…',
  fetchAddress: 'Fetch',
  files: 'Files from this computer',
  filesHelp:
    'Drop `config.json`, the weights (`model.safetensors`, or all of its parts) and the tokenizer (`tokenizer.json`, or `vocab.json` and `merges.txt`) here, or choose them together. They stay on this device.',
  mirror: 'Mirror of the hub',
  mirrorHelp: "An address that serves the hub's files in the hub's layout; empty for the hub itself.",

  nothingKept: 'Nothing is kept in this browser yet.',
  keptModels: (count: number, size: string) =>
    `${plural(count, { one: 'One model is', other: `${count} models are` })} kept in this browser: ${size}.`,
  checkedAgain: 'A kept copy is compared with its checksum each time it is opened.',
  roomLabel: 'Room used in this browser',
  room: (used: string, allowed: string) =>
    `${used} of the ${allowed} that the browser allows this page are used.`,
  opensOffline: 'The page and its embedded model are kept too: GPT-2 Lens opens without the internet.',
  keepsNothing:
    'This browser keeps nothing for this page (a private window, perhaps): models run from memory.'
});
