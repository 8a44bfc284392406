/** Which names of a cell belong to all cells, and where they stand in its text. */
import type { Identifier, Node, Program, VariableDeclaration } from 'acorn';
import { analyze, type ScopeManager, type Variable } from 'eslint-scope';
import type { Edit } from './edits.ts';

export interface DeclaredName {
  readonly name: string;
  /** Where it is declared, in letters from 0. */
  readonly at: number;
}

export interface CellNames {
  /** In the order of the text. */
  readonly declared: readonly DeclaredName[];
  /** Declarations of the top level, `var` in its blocks included. */
  readonly declarations: readonly {
    readonly node: VariableDeclaration;
    /** Between the parentheses of a `for`. */
    readonly inHead: 'for' | 'of' | null;
  }[];
  /** Every place of such a name reads it from `__names`. */
  readonly edits: readonly Edit[];
}

const ECMA_VERSION = 2022; // newer syntax adds no scopes

/** @param known names of the cells above and of the page */
export function namesOf(program: Program, known: ReadonlySet<string>): CellNames {
  const manager = analyze(program as Parameters<typeof analyze>[0], {
    ecmaVersion: ECMA_VERSION,
    sourceType: 'module'
  });
  const { own, through } = topLevel(manager);
  const { shorthands, heads } = surroundings(program);
  const assigned = through.filter((one) => one.isWrite() && !(one.identifier.name in globalThis));
  const shared = new Set([...known, ...assigned.map(({ identifier }) => identifier.name as string)]);
  const declared = [
    ...own.map(({ name, defs }) => ({ name, at: startOf(defs[0].name) })),
    ...assigned.map(({ identifier }) => ({ name: identifier.name as string, at: -1 }))
  ].filter(({ name, at }) => at >= 0 || !known.has(name));
  const nodes = new Set<VariableDeclaration>();
  const places = new Map<number, string>();
  for (const variable of own) {
    for (const { type, name, parent } of variable.defs) {
      if (type !== 'Variable') continue;
      nodes.add(parent as unknown as VariableDeclaration);
      places.set(startOf(name), variable.name);
    }
    for (const { identifier } of variable.references) places.set(startOf(identifier), variable.name);
  }
  for (const { identifier } of through) {
    const name = identifier.name as string;
    if (shared.has(name)) places.set(startOf(identifier), name);
  }
  return {
    declared: uniqueNames(declared),
    declarations: [...nodes].map((node) => ({ node, inHead: heads.get(node.start) ?? null })),
    edits: [...places].map(([at, name]) => {
      return { start: at, end: at, text: shorthands.has(at) ? `${name}: __names.` : '__names.' };
    })
  };
}

function topLevel(manager: ScopeManager) {
  const { globalScope } = manager;
  const own: readonly Variable[] = globalScope!.childScopes[0].variables;
  return { own, through: globalScope!.through };
}

function startOf(node: unknown): number {
  return (node as Identifier).start;
}

function uniqueNames(names: readonly DeclaredName[]): DeclaredName[] {
  const sorted = names.toSorted((a, b) => a.at - b.at);
  return sorted.filter(({ name }, i) => sorted.findIndex((other) => other.name === name) === i);
}

/** Where `{ a }` stands for `{ a: a }`, and which declarations stand in the head of a `for`. */
function surroundings(program: Program) {
  const shorthands = new Set<number>();
  const heads = new Map<number, 'for' | 'of'>();
  const visit = (node: Node): void => {
    const { type, shorthand, value, init, left } = node as Node & Partial<Record<string, unknown>>;
    if (type === 'Property' && shorthand) shorthands.add((value as Node).start);
    if (type === 'ForStatement' && init) heads.set((init as Node).start, 'for');
    if (type === 'ForInStatement' || type === 'ForOfStatement') heads.set((left as Node).start, 'of');
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child);
  };
  visit(program);
  return { shorthands, heads };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
