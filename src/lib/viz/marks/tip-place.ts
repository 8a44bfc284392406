interface Point {
  x: number;
  y: number;
}

interface Size {
  width: number;
  height: number;
}

const GAP = 10; // px between the point and the tip
const EDGE = 4; // px kept free at the window's sides

/**
 * Centres a tip above its point; below it where the window has no room above; moved sideways to stay in the window.
 *
 * Units: px from the window's corner.
 */
export function placeTip(point: Point, tip: Size, windowWidth: number): { left: number; top: number } {
  const mostLeft = windowWidth - EDGE - tip.width;
  const left = Math.max(EDGE, Math.min(mostLeft, point.x - tip.width / 2));
  const above = point.y - GAP - tip.height;
  return { left, top: above < EDGE ? point.y + GAP : above };
}
