/** Runs in a page: `stopFrames()` gives the ms from each frame to the next since now. */
export const WATCH_FRAMES = `
  const frames = [];
  let last = null;
  let going = true;
  requestAnimationFrame(function next(now) {
    if (last !== null) frames.push(now - last);
    last = now;
    if (going) requestAnimationFrame(next);
  });
  window.stopFrames = () => ((going = false), frames);
`;
