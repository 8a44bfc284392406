import { inLanguage } from '../spoken.svelte';

/** The dialog that gives a view away. */
export const shareWords = inLanguage('shareWords', {
  title: 'Share this view',
  worksheet: 'Make a worksheet of this view',
  say: 'The link holds the whole view after its #, which browsers send to no server.',
  name: (view: string, model: string) => `GPT-2 Lens: ${view}, ${model}`,
  link: 'Link',
  markdown: 'Markdown',
  frame: 'Frame for a web page',
  copy: (what: string) => `Copy ${what}`,
  copyShort: 'Copy',
  copied: (what: string) => `${what} is copied.`,
  refused: 'The browser does not let this page copy. Select the text and copy it.',
  length: (letters: number) => `The link has ${letters} letters.`,
  long: (letters: number, most: number) =>
    `The link has ${letters} letters. Mail and chat programs may cut it above ${most}: shorten the prompt, or send it as a file.`,
  sandboxSays: 'What the words of the frame’s sandbox allow:',
  sandbox: {
    'allow-scripts': 'the page computes and draws',
    'allow-same-origin': 'it may start the threads that compute',
    'allow-popups': 'its link may open the explorer'
  },
  qr: 'QR code of the link',
  noQr: 'The link is too long for a QR code.',
  local: 'The link leads to this computer: others cannot open it.',
  close: 'Close'
});
