/**
 * Looks which GPU there is, in a thread of its own: making a context waits until the browser's graphics process has time,
 * half a second where that draws in software, and the engine has other things to begin with.
 */

/** The name a GPU driver gives itself, '' where the browser hides it, null where there is no WebGL 2. */
function webglRenderer(): string | null {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return null;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return renderer;
}

self.postMessage(webglRenderer());
