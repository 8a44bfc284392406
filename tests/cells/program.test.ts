import { describe, expect, it } from 'vitest';
import { compileCell } from '../../src/lib/cells/index.ts';

describe('compileCell(code, known)', () => {
  it.each([
    ['const a = 1;', ['a'], '__cell.value = __names.a;'],
    ['const { a, b: c } = f();', ['a', 'c'], '__cell.value = [__names.a, __names.c];'],
    ['const [q, k] = f();\nq;', ['q', 'k'], '__cell.value = (__names.q);'],
    ['function f() {\n  return 1;\n}\nf();', ['f'], '__cell.value = (__names.f());'],
    ['await f(\n  1\n);', [], '__cell.value = (await f(\n  1\n));'],
    ['f(); // a comment', [], '__cell.value = (f()); // a comment']
  ])('%j declares %j and gives %j', async (code, declared, result) => {
    const compiled = await compileCell(code, []);
    expect(compiled.declared).toEqual(declared);
    expect(compiled.body).toContain(result);
  });

  it('gives nothing where the last statement has no value', async () => {
    expect((await compileCell('for (const a of b) {\n  f(a);\n}')).body).not.toContain('value');
    expect((await compileCell('')).body).not.toContain('value');
  });

  it('leaves names alone that a function or block has for itself', async () => {
    const { body } = await compileCell('f((a) => a + b, { a, b });\n{ const b = 1; g(b); }', ['a', 'b']);
    expect(body).toContain('f((a) => a + __names.b, { a: __names.a, b: __names.b })');
    expect(body).toContain('const b = 1; g(b);');
  });

  it.each([
    ['const = 1', 1, 7, 'bracket', null],
    ['const a = 1;\n  f(a', 2, 6, 'end', null],
    ["const a = 'one\ntwo';", 1, 11, 'quote', null],
    ['const a = `one', 1, 12, 'backtick', null],
    ['let a = 1;\nlet a = 2;', 2, 5, 'twice', 'a'],
    ["1;\nimport x from 'y';", 2, 1, 'import', null],
    ['def f(x):\n  return x', 1, 5, 'python', null],
    ['const a: number = ;', 1, 19, 'bracket', null]
  ])('says of %j: line %i, column %i, try %s', async (code, line, column, hint, name) => {
    const error: unknown = await compileCell(code).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'SyntaxError', line, column, hint: { code: hint, name } });
  });
});
