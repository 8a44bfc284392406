/** Base64 of a file's bytes. */
async function dataUrl(url: string): Promise<string> {
  const blob = await (await fetch(url)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(url));
    reader.readAsDataURL(blob);
  });
}

function loadedFaces(): CSSFontFaceRule[] {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  return rules.filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule);
}

/** True for the part of a face that the page has needed: its file is in the browser already. */
function isLoaded(rule: CSSFontFaceRule): boolean {
  const range = rule.style.getPropertyValue('unicode-range').replaceAll(' ', '').toUpperCase();
  return [...document.fonts].some(
    (face) => face.status === 'loaded' && face.unicodeRange.replaceAll(' ', '').toUpperCase() === range
  );
}

/** The faces that the page has loaded, with their files inside: what an image on its own needs. */
export async function embeddedFonts(): Promise<string> {
  const texts = loadedFaces()
    .filter(isLoaded)
    .map(async (rule) => {
      const url = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (!url) return '';
      const base = rule.parentStyleSheet?.href ?? document.baseURI;
      return rule.cssText.replace(url, await dataUrl(new URL(url, base).href));
    });
  return (await Promise.all(texts)).join('\n');
}
