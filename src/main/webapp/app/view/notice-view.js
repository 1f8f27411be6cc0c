// A notice where it happened: what happened, what was kept, what to do.

import { byId, make } from './element.js';

/** @typedef {import('../shared/notice.js').Notice} Notice */

/**
 * @template {string} Place
 * @param {Place} place
 * @param {{retry: () => void, dismiss: () => void}} actions
 * @returns {(notices: Record<Place, Notice | null>, mayRetry: boolean) => void} draws
 */
export function noticeView(place, actions) {
  const root = byId(`${place}-notice`, HTMLElement);
  root.setAttribute('role', 'alert');
  /** @type {Notice | null} */
  let shown = null;

  return (notices, mayRetry) => {
    const notice = notices[place];
    if (notice !== shown) {
      shown = notice;
      root.replaceChildren(...(notice ? [draw(notice, actions)] : []));
    }
    const retry = root.querySelector('.retry');
    if (retry instanceof HTMLButtonElement) {
      retry.disabled = !mayRetry;
    }
  };
}

function draw(/** @type {Notice} */ notice, /** @type {{retry: () => void, dismiss: () => void}} */ actions) {
  const box = make('div', { className: 'notice' });
  box.dataset.tone = notice.tone;
  const words = make('div', { className: 'notice-words' });
  words.append(make('p', { className: 'happened', text: notice.happened }));
  if (notice.steps.length > 0) {
    const steps = make('ol');
    steps.append(...notice.steps.map((step) => make('li', { text: step })));
    words.append(steps);
  }
  words.append(make('p', { text: notice.advice }));
  box.append(words);
  if (notice.retry) {
    box.append(button('retry', 'Try again', actions.retry));
  }
  const dismiss = button('dismiss', '×', actions.dismiss);
  dismiss.ariaLabel = 'Dismiss';
  box.append(dismiss);
  return box;
}

function button(/** @type {string} */ className, /** @type {string} */ text, /** @type {() => void} */ press) {
  const element = make('button', { className: `text-button ${className}`, text });
  element.type = 'button';
  element.addEventListener('click', press);
  return element;
}
