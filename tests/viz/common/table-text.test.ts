import { describe, expect, it } from 'vitest';
import { fileName, tableCsv, tableTsv } from '../../../src/lib/viz/common/table-text.ts';

describe('tableCsv(columns, rows)', () => {
  it('quotes what holds a comma, a quotation mark or a line break, and gives numbers every digit', () => {
    expect(
      tableCsv(
        ['token', 'p'],
        [
          ['a,"b"', 1 / 3],
          ['⏎\n', -0.5]
        ]
      )
    ).toBe('token,p\n"a,""b""",0.3333333333333333\n"⏎\n",-0.5\n');
  });
});

describe('a text that a spreadsheet would run', () => {
  const texts = ['=1+1', '+SUM(A1)', '-cmd', '@x', '\t=1', '\r=1', '=HYPERLINK("https://other.example","a")'];

  it.each(texts)('has a quote in front: %j', (text) => {
    const [, row] = tableCsv(['token', 'p'], [[text, -0.5]]).split(/\n(?=["'])/);
    expect(row.replace(/^"/, '').startsWith("'")).toBe(true);
    expect(row.endsWith(',-0.5\n')).toBe(true);
    expect(
      tableTsv(['token'], [[text]])
        .split('\n')[1]
        .startsWith("'")
    ).toBe(true);
  });

  it('is none that is a number, or has the sign inside', () => {
    const rows = [
      ['-3', -3],
      ['+1.5', 1e-7],
      ['a=b', 0],
      ['·=', 2]
    ];
    expect(tableCsv(['token', 'n'], rows)).toBe('token,n\n-3,-3\n+1.5,1e-7\na=b,0\n·=,2\n');
  });
});

describe('tableTsv(columns, rows)', () => {
  it('keeps one cell one cell', () => {
    expect(tableTsv(['a', 'b'], [['x\ty', 2]])).toBe('a\tb\nx y\t2\n');
  });
});

describe('fileName(caption)', () => {
  it('is made of the words', () => {
    expect(fileName('Head 6.4: what query 13 ·to reads')).toBe('head-6-4-what-query-13-to-reads.csv');
    expect(fileName('头 6.4：查询 13 读取的内容')).toBe('头-6-4-查询-13-读取的内容.csv');
    expect(fileName('·')).toBe('table.csv');
  });
});
