// The pages that an answer stands on, as links below it.

import { make } from '../../element.js';

/** @typedef {import('../../../transport/messages.js').Source} Source */

/**
 * Draws the links anew when they have changed.
 * @param {HTMLElement} speech
 * @param {Source[] | undefined} before
 * @param {Source[] | undefined} sources
 */
export function drawSources(speech, before, sources) {
  if (!sources || sources === before) {
    return;
  }
  speech.querySelector('.sources')?.remove();
  const list = make('ul', { className: 'sources' });
  list.ariaLabel = 'Sources';
  list.append(...sources.map(link));
  speech.append(list);
}

function link(/** @type {Source} */ { title, uri }) {
  const item = make('li');
  const anchor = make('a', { text: title });
  anchor.href = uri;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  anchor.dir = 'auto';
  anchor.title = new URL(uri).host;
  item.append(anchor);
  return item;
}
