// Google's search suggestions: foreign HTML, which Google's terms want shown as it is, in a frame where nothing of it can act.

import { make } from '../../element.js';

/** No script, no forms, no requests of its own; links open beside the page. Without scripts, the same origin gives it nothing. */
const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox allow-same-origin';
const POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";
/** Taller than any row of suggestions: more would push the conversation away. */
const TALLEST = 200;

/**
 * Draws the suggestions anew when they have changed.
 * @param {HTMLElement} speech
 * @param {string | undefined} before
 * @param {string | undefined} html
 * @param {() => void} grown told when they have got their height
 */
export function drawSuggestions(speech, before, html, grown) {
  if (!html || html === before) {
    return;
  }
  speech.querySelector('.suggestions')?.remove();
  const { body, styles } = disarmed(html);
  const frame = make('iframe', { className: 'suggestions' });
  frame.title = 'Search suggestions by Google';
  frame.setAttribute('sandbox', SANDBOX);
  frame.referrerPolicy = 'no-referrer';
  frame.addEventListener('load', () => {
    dress(frame, styles);
    grown();
  });
  frame.height = '0';
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><body>${body}`;
  speech.append(frame);
}

/** Its words with links that open beside the page, and its style sheets: those are put in by `dress`, which no policy forbids. */
function disarmed(/** @type {string} */ html) {
  const template = make('template');
  template.innerHTML = html; // nothing of it is loaded, run or styled there
  const parsed = template.content;
  const styles = [...parsed.querySelectorAll('style')].map((style) => style.textContent ?? '');
  parsed.querySelectorAll('style, script, link, meta, base, iframe, frame, object, embed, form, button, input, area, template').forEach((element) => element.remove());
  for (const element of parsed.querySelectorAll('*')) {
    [...element.attributes].filter(({ name }) => name === 'style' || name === 'xlink:href' || name.startsWith('on')).forEach(({ name }) => element.removeAttribute(name));
  }
  for (const link of parsed.querySelectorAll('a')) {
    if (/^https?:$/.test(link.protocol)) {
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
    } else {
      link.removeAttribute('href');
    }
  }
  return { body: template.innerHTML, styles };
}

/** Gives a frame that has loaded its style sheets, and the height of what is in it. */
function dress(/** @type {HTMLIFrameElement} */ frame, /** @type {string[]} */ styles) {
  const { contentDocument: inside, contentWindow } = frame;
  const Sheet = /** @type {(Window & {CSSStyleSheet: typeof CSSStyleSheet}) | null} */ (contentWindow)?.CSSStyleSheet;
  if (!inside || !Sheet) {
    return;
  }
  inside.adoptedStyleSheets = [':root { color-scheme: light dark } body { margin: 0 }', ...styles].map((text) => {
    const sheet = new Sheet();
    sheet.replaceSync(text);
    return sheet;
  });
  frame.height = String(Math.min(TALLEST, inside.documentElement.offsetHeight));
}
