// Takes what was said along: as text, and as subtitles where times are known.

import { asText, asWebVtt } from '../../conversation/state/captions.js';
import { byId, make } from '../element.js';

/** @typedef {import('../../conversation/state/state.js').State} State */

/** Pixels that a pointer may move within a press. */
const HAND_TREMBLES = 24;

/**
 * @param {{state: () => State}} page
 * @returns {(state: State) => void} draws
 */
export function exportView(page) {
  const root = byId('exports', HTMLElement);
  const subtitles = byId('save-vtt', HTMLButtonElement);
  pressable(byId('save-text', HTMLButtonElement), () => save(asText(page.state()), 'text/plain', 'conversation.txt'));
  pressable(subtitles, () => save(asWebVtt(page.state()), 'text/vtt', 'captions.vtt'));

  return (state) => {
    root.hidden = !state.entries.some((entry) => entry.kind === 'speech');
    subtitles.hidden = !state.entries.some((entry) => entry.session === state.session && entry.id in state.spans);
  };
}

/** Words push the button away while it is pressed: a press counts all the same, unless it is the pointer that has left. */
function pressable(/** @type {HTMLButtonElement} */ button, /** @type {() => void} */ press) {
  /** @type {PointerEvent | null} */
  let down = null;
  button.addEventListener('pointerdown', (event) => {
    down = event;
    button.setPointerCapture(event.pointerId);
  });
  button.addEventListener('click', (event) => {
    const left = down && event.detail > 0 && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > HAND_TREMBLES;
    if (!left) {
      press();
    }
  });
}

function save(/** @type {string} */ content, /** @type {string} */ type, /** @type {string} */ name) {
  const link = make('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a slow disk may still be reading
}
