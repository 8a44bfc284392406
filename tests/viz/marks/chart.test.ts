// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/svelte';
import { scaleLinear, scaleLog } from 'd3';
import { createRawSnippet } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { probabilityScale } from '../../../src/lib/viz/color';
import { Legend, linePath, Tip } from '../../../src/lib/viz/marks';
import { axisTicks } from '../../../src/lib/viz/marks/ticks';
import { placeTip } from '../../../src/lib/viz/marks/tip-place';
import MarksInChart from './MarksInChart.svelte';

const text = (content: string) => createRawSnippet(() => ({ render: () => `<span>${content}</span>` }));

afterEach(cleanup);

/** What an attribute is in each element that fits. */
const read = (container: Element, selector: string, ...names: string[]) =>
  [...container.querySelectorAll(selector)].map((found) => names.map((name) => found.getAttribute(name)));

describe('Chart, and the marks in it', () => {
  it('has one root, which gives its scales the px inside the margin', () => {
    const { container } = render(MarksInChart);
    expect(container.querySelectorAll('svg')).toHaveLength(1);
    expect(read(container, 'svg', 'width', 'height', 'role', 'aria-label')).toEqual([
      ['230', '130', 'img', 'three values']
    ]);
    expect(read(container, 'svg > g', 'transform')).toEqual([['translate(20 10)']]);
  });

  it('draws by them: lines across, labels, a line with a gap', () => {
    const { container } = render(MarksInChart);
    expect(read(container, '.grid line', 'x1', 'x2', 'y1', 'y2')).toEqual([
      ['0', '200', '100', '100'],
      ['0', '200', '50', '50']
    ]);
    expect(read(container, '.left text', 'x', 'y')).toEqual([['-6', '104']]);
    expect(read(container, '.bottom text', 'x', 'y', 'text-anchor')).toEqual([
      ['0', '114', 'start'],
      ['200', '114', 'end']
    ]);
    expect(screen.getByText('no. 2')).toBeTruthy();
    expect(read(container, '.line path', 'd')).toEqual([['M0,100L100,50M200,0Z']]);
  });

  it('stands bars on 0, positive ones up and negative ones down, in a plot of its own scale', () => {
    const { container } = render(MarksInChart);
    expect(read(container, '.plot g', 'transform')).toEqual([['translate(0 60)']]);
    expect(read(container, '.plot rect', 'x', 'y', 'width', 'height')).toEqual([
      ['0', '0', '99.5', '20'],
      ['100', '20', '99.5', '10']
    ]);
  });
});

describe('linePath(values, frame, step)', () => {
  const x = scaleLinear([0, 4], [0, 200]);

  it('leaves a gap where a value is missing, or has no place on the scale', () => {
    const y = scaleLinear([0, 10], [100, 0]);
    expect(linePath([0, 5, 10], { x, y }, 2)).toBe('M0,100L100,50L200,0');
    expect(linePath([1, undefined, 0, NaN, 0], { x, y }).match(/[ML]/g)).toEqual(['M', 'M', 'M']);
    expect(linePath([0, 1, -1], { x, y: scaleLog([1, 10], [100, 0]) })).toBe('M50,100Z');
  });
});

describe('axisTicks(scale, count)', () => {
  it('places round values with a true minus sign and no needless zeros', () => {
    expect(axisTicks(scaleLinear([-1, 1], [0, 100]), 4)).toEqual([
      { value: -1, at: 0, label: '−1' },
      { value: -0.5, at: 25, label: '−0.5' },
      { value: 0, at: 50, label: '0' },
      { value: 0.5, at: 75, label: '0.5' },
      { value: 1, at: 100, label: '1' }
    ]);
  });
});

describe('placeTip(point, tip, windowWidth)', () => {
  const tip = { width: 100, height: 20 };

  it('centres above the point', () => {
    expect(placeTip({ x: 200, y: 100 }, tip, 400)).toEqual({ left: 150, top: 70 });
  });

  it('goes below where there is no room above, and stays in the window', () => {
    expect(placeTip({ x: 2, y: 10 }, tip, 400)).toEqual({ left: 4, top: 20 });
    expect(placeTip({ x: 399, y: 100 }, tip, 400).left).toBe(296);
  });
});

describe('Legend', () => {
  it('shows every tick and the unit', () => {
    const { container } = render(Legend, { scale: probabilityScale('light', 'attn'), label: 'attention' });
    expect([...container.querySelectorAll('.tick')].map((tick) => tick.textContent)).toEqual([
      '0',
      '0.1',
      '0.3',
      '0.6',
      '1'
    ]);
    expect(container.textContent).toContain('attention, probability (√ scale)');
  });
});

describe('Tip', () => {
  it('shows a tip only while visible', async () => {
    const { rerender } = render(Tip, { x: 1, y: 2, visible: false, children: text('0.324') });
    expect(screen.queryByText('0.324')).toBeNull();
    await rerender({ visible: true });
    expect(screen.getByText('0.324')).toBeTruthy();
  });
});
