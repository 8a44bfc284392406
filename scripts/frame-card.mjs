import { readFileSync, writeFileSync } from 'node:fs';
import { openPagesOf } from './page-policy.mjs';

const BODY = /<body>/;

/**
 * Runs in a page before everything else: a frame that a host has sandboxed without `allow-same-origin` has no
 * origin, and browsers give it neither workers nor the page's scripts. It says so, in place of a blank frame.
 */
function sayWhatIsMissing() {
  if (self.origin !== 'null') return;
  const isChinese = /\blang=zh\b/.test(location.hash) || (navigator.language || '').startsWith('zh');
  const texts = isChinese
    ? [
        '这个页面无法在这里运行：所在页面的 iframe 带有 sandbox，却没有 allow-same-origin，因此浏览器不允许它启动计算用的线程。',
        '请在 iframe 的 sandbox 中加入 allow-same-origin，或者单独打开：'
      ]
    : [
        'This page cannot run here: the page around it has put it into a sandbox without allow-same-origin, and so the browser starts no thread to compute in.',
        'Add allow-same-origin to the sandbox of the iframe, or open the page by itself:'
      ];
  const link = document.createElement('a');
  const whole = /\/embed\/$/.test(location.pathname) ? '../' : './'; // of an embedded view: the explorer
  link.href = new URL(whole, location.href.split('#')[0]).href + location.hash;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = 'GPT-2 Lens';
  const card = document.createElement('div');
  card.setAttribute('role', 'alert');
  for (const text of texts) {
    const line = document.createElement('p');
    line.textContent = text;
    card.append(line);
  }
  card.append(link);
  document.body.append(card);
}

/**
 * Puts that script into every built page that readers open.
 *
 * Throws: Error if a page has no body.
 *
 * @param {string} folder the built site
 */
export function writeFrameCards(folder) {
  for (const page of openPagesOf(folder)) {
    const html = readFileSync(page, 'utf8');
    if (!BODY.test(html)) throw new Error(`writeFrameCards: ${page} must hold a body, got none. Build anew.`);
    writeFileSync(
      page,
      html.replace(BODY, (body) => `${body}\n    <script>(${sayWhatIsMissing})()</script>`)
    );
  }
}
