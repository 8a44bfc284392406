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

const years = (from: number, other: number): PromptTexts => {
  const sentence = (year: number) => `The war lasted from the year 18${year} to the year 18`;
  return { prompt: sentence(from), other: sentence(other) };
};

const homes = (name: string, friend: string): PromptTexts => {
  const sentence = (home: string) => `${name} lives in ${home}. ${friend} lives in Paris. ${name} lives in`;
  return { prompt: sentence('London'), other: sentence('Rome') };
};

const subjects = (plural: string, singular: string, where: string): PromptTexts => ({
  prompt: `The ${plural} ${where}`,
  other: `The ${singular} ${where}`
});

const lists = (words: string, last: string, other: string): PromptTexts => ({
  prompt: `${words} ${last} ${words}`,
  other: `${words} ${other} ${words}`
});

/**
 * Pairs of several kinds that gpt2-nano tells apart, over which measures are averaged; the first of each is the one that
 * is shown.
 */
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
  numbers: [years(32, 71), years(21, 83), years(45, 78), years(18, 56), years(27, 69), years(35, 74)],
  capital: [
    capitals('France', 'Italy'),
    capitals('Italy', 'Germany'),
    capitals('Germany', 'England'),
    capitals('England', 'Japan'),
    capitals('Japan', 'France')
  ],
  fact: [
    homes('Lily', 'Ben'),
    homes('Lily', 'Tom'),
    homes('Mia', 'Ben'),
    homes('Mia', 'Tom'),
    homes('Sara', 'Tom')
  ],
  agreement: [
    subjects('toys', 'toy', 'on the table'),
    subjects('dogs', 'dog', 'in the garden'),
    subjects('cats', 'cat', 'on the table'),
    subjects('books', 'book', 'on the table'),
    subjects('boys', 'boy', 'in the garden'),
    subjects('birds', 'bird', 'in the tree'),
    subjects('cars', 'car', 'near the house'),
    subjects('trees', 'tree', 'near the house')
  ],
  induction: [
    lists('river lamp seven yellow', 'music', 'apple'),
    lists('house seven green paper', 'dog', 'king'),
    lists('table red garden five', 'water', 'money'),
    lists('road blue winter three', 'bread', 'glass'),
    lists('horse nine white window', 'school', 'river'),
    lists('stone small summer four', 'book', 'ship'),
    lists('tree black morning eight', 'fire', 'gold'),
    lists('city brown evening six', 'snow', 'rain')
  ]
} as const satisfies Readonly<Record<string, readonly PromptTexts[]>>;

/** What the prompts of facts are about, as it is tokenized: causal tracing measures its noise over these tokens. */
export const FACT_SUBJECTS = ' France Italy Germany England Japan Lily Mia Sara';

export type PairSet = keyof typeof PAIR_SETS;

/** The set that two prompts are the first pair of; null: they stand alone. */
export function setOf({ prompt, other }: PromptTexts): PairSet | null {
  const entries = Object.entries(PAIR_SETS) as [PairSet, readonly PromptTexts[]][];
  return entries.find(([, [first]]) => first.prompt === prompt && first.other === other)?.[0] ?? null;
}
