// Takes what was said along: as text, and as subtitles where times are known.

import { asText, asWebVtt } from '../../conversation/state/captions.js';
import { byId, make } from '../element.js';

/** @typedef {import('../../conversation/state/state.js').State} State */

/**
 * @param {{state: () => State}} page
 * @returns {(state: State) => void} draws
 */
export function exportView(page) {
  const root = byId('exports', HTMLElement);
  const subtitles = byId('save-vtt', HTMLButtonElement);
  byId('save-text', HTMLButtonElement).addEventListener('click', () => save(asText(page.state()), 'text/plain', 'conversation.txt'));
  subtitles.addEventListener('click', () => save(asWebVtt(page.state()), 'text/vtt', 'captions.vtt'));

  return (state) => {
    root.hidden = !state.entries.some((entry) => entry.kind === 'speech');
    subtitles.hidden = Object.keys(state.spans).length === 0;
  };
}

function save(/** @type {string} */ content, /** @type {string} */ type, /** @type {string} */ name) {
  const link = make('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a slow disk may still be reading
}
