import type { Theme } from './types';

/** The colours that scales start from and end at; the same values as the tokens of that name in styles.css. */
export interface Palette {
  readonly paper: string;
  readonly panel: string;
  readonly ink: string;
  readonly 'rule-2': string;
  readonly attn: string;
  readonly mlp: string;
  readonly prob: string;
  readonly stream: string;
  readonly 'run-b': string;
  readonly nan: string;
  readonly neg: string;
  readonly pos: string;
}

export const PALETTE: Readonly<Record<Theme, Palette>> = {
  light: {
    paper: '#fbfaf7',
    panel: '#ffffff',
    ink: '#1b1d22',
    'rule-2': '#efede6',
    attn: '#6a4fb3',
    mlp: '#9a6600',
    prob: '#0f766e',
    stream: '#3d4a5c',
    'run-b': '#83721a',
    nan: '#d0103a',
    neg: '#a34418',
    pos: '#1764ae'
  },
  dark: {
    paper: '#14161a',
    panel: '#1b1e24',
    ink: '#eceae4',
    'rule-2': '#242830',
    attn: '#ad97ee',
    mlp: '#e2aa4f',
    prob: '#4fc3b5',
    stream: '#9fb2cc',
    'run-b': '#cbbb62',
    nan: '#ff5468',
    neg: '#ee9468',
    pos: '#6cb0f4'
  }
};
