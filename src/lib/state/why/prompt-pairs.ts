/** Two prompts that differ in one thing, of equally many tokens. */
export interface PromptTexts {
  readonly prompt: string;
  readonly other: string;
}

const names = (first: string, second: string): PromptTexts => {
  const sentence = (giver: string) =>
    `When ${first} and ${second} went to the store, ${giver} gave a drink to`;
  return { prompt: sentence(second), other: sentence(first) };
};

const capitals = (country: string, other: string): PromptTexts => ({
  prompt: `The capital of ${country} is`,
  other: `The capital of ${other} is`
});

/** Several pairs of one kind, over which a grid is averaged; the first is the one that is shown. */
export const PAIR_SETS = {
  names: [
    names('Mary', 'John'),
    names('John', 'Mary'),
    names('Tom', 'James'),
    names('James', 'Tom'),
    names('Anna', 'Sam'),
    names('Sam', 'Anna'),
    names('Sara', 'Ben'),
    names('Ben', 'Sara')
  ],
  capital: [
    capitals('France', 'Italy'),
    capitals('Italy', 'Germany'),
    capitals('Germany', 'England'),
    capitals('England', 'Japan'),
    capitals('Japan', 'France')
  ]
} as const satisfies Readonly<Record<string, readonly PromptTexts[]>>;

export type PairSet = keyof typeof PAIR_SETS;

/** Pairs that gpt2-nano tells apart: what causal measures compare. */
export const PROMPT_PAIRS = {
  names: PAIR_SETS.names[0],
  numbers: {
    prompt: 'The war lasted from the year 1832 to the year 18',
    other: 'The war lasted from the year 1871 to the year 18'
  },
  capital: PAIR_SETS.capital[0],
  fact: {
    prompt: 'Lily lives in London. Ben lives in Paris. Lily lives in',
    other: 'Lily lives in Rome. Ben lives in Paris. Lily lives in'
  },
  agreement: { prompt: 'The toys on the table', other: 'The toy on the table' },
  induction: {
    prompt: 'river lamp seven yellow music river lamp seven yellow',
    other: 'river lamp seven yellow apple river lamp seven yellow'
  }
} as const satisfies Readonly<Record<string, PromptTexts>>;

export type PairName = keyof typeof PROMPT_PAIRS;

/** The set that two prompts are the first pair of; null: they stand alone. */
export function setOf({ prompt, other }: PromptTexts): PairSet | null {
  const entries = Object.entries(PAIR_SETS) as [PairSet, readonly PromptTexts[]][];
  return entries.find(([, [first]]) => first.prompt === prompt && first.other === other)?.[0] ?? null;
}
