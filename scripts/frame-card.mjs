import { readFileSync, writeFileSync } from 'node:fs';
import { isEmbedPage, openPagesOf } from './page-policy.mjs';

const BODY = /<body>/;

/**
 * Runs in a page before everything else: a frame that a host has sandboxed without `allow-same-origin` has no
 * origin, and browsers let it start no worker. It says so, in place of a blank frame. An embedded view finds a way
 * (frame-workers.mjs), so it says something only if its server does not let every origin have the scripts.
 *
 * @param {boolean} isEmbed
 */
function sayWhatIsMissing(isEmbed) {
  if (self.origin !== 'null') return;
  if (isEmbed) {
    const drawn = () => document.querySelector('main');
    addEventListener('unhandledrejection', () => drawn() || say()); // a script of the page could not be had
  } else {
    say();
    stop(); // the page's own scripts, which a server may let every origin have
  }

  function say() {
    const isChinese = /\blang=zh\b/.test(location.hash) || (navigator.language || '').startsWith('zh');
    const texts = isChinese
      ? [
          isEmbed
            ? '这个视图无法在这里显示：所在页面的 iframe 带有 sandbox，却没有 allow-same-origin，而它的服务器不允许这样的页面读取脚本（缺少 Access-Control-Allow-Origin）。'
            : '这个页面无法在这里运行：所在页面的 iframe 带有 sandbox，却没有 allow-same-origin，因此浏览器不允许它启动计算用的线程。',
          '请在 iframe 的 sandbox 中加入 allow-same-origin，或者单独打开：'
        ]
      : [
          isEmbed
            ? 'This view cannot be shown here: the page around it has put it into a sandbox without allow-same-origin, and its server does not let such a frame have the scripts (Access-Control-Allow-Origin is missing).'
            : 'This page cannot run here: the page around it has put it into a sandbox without allow-same-origin, and so the browser starts no thread to compute in.',
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
    const isEmbed = isEmbedPage(page, folder);
    if (!BODY.test(html)) throw new Error(`writeFrameCards: ${page} must hold a body, got none. Build anew.`);
    writeFileSync(
      page,
      html.replace(BODY, (body) => `${body}\n    <script>(${sayWhatIsMissing})(${isEmbed})</script>`)
    );
  }
}
