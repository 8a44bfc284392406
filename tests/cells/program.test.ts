import { describe, expect, it } from 'vitest';
import { compileCell } from '../../src/lib/cells/index.ts';

describe('compileCell(code, known)', () => {
  it.each([
    ['const a = 1;', ['a'], '__cell.value = a;'],
    ['const { a, b: c } = f();', ['a', 'c'], '__cell.value = [a, c];'],
    ['const [q, k] = f();\nq;', ['q', 'k'], '__cell.value = q;'],
    ['let x = 1;\nx = x + 1;', ['x'], '__cell.value = x = x + 1;'],
    ['function f() {\n  return 1;\n}\nf();', ['f'], '__cell.value = f();'],
    ['const a = [\n  1,\n  2\n];', ['a'], '__cell.value = a;'],
    ['await f(\n  1\n);', [], '__cell.value = await f(\n  1\n);'],
    ['// only a comment\nf();', [], '__cell.value = f();']
  ])('%j declares %j and gives %j', (code, declared, result) => {
    const compiled = compileCell(code, []);
    expect(compiled.declared).toEqual(declared);
    expect(compiled.body).toContain(result);
  });

  it('gives nothing where the last statement has no value', () => {
    expect(compileCell('for (const a of b) {\n  f(a);\n}', []).body).not.toContain('value');
    expect(compileCell('', []).body).not.toContain('value');
  });

  it('keeps the names of earlier cells, which may be assigned to', () => {
    expect(compileCell('x = 2;', ['x', 'y']).body).toContain('__cell.names = { x, y };');
  });
});
