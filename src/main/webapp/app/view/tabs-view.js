// The tabs of the page: one is in front, the others keep what they have.

import { byId } from './element.js';

/** @typedef {'talk' | 'recording'} Tab */

const TABS = /** @type {const} */ (['talk', 'recording']);

/**
 * The address remembers the tab, so that a reload or a bookmark opens it again.
 * @param {(tab: Tab) => void} changed told after another tab came to the front, and once in the beginning
 * @returns {{front: () => Tab, render: (busy: Record<Tab, boolean>) => void}} `render` marks tabs in which something goes on
 */
export function tabsView(changed) {
  const tabs = TABS.map((name) => ({ name, tab: byId(`tab-${name}`, HTMLButtonElement), panel: byId(`panel-${name}`, HTMLElement) }));
  /** @type {Tab} */
  let front = 'talk';

  const show = (/** @type {Tab} */ wanted) => {
    front = wanted;
    document.body.dataset.tab = wanted;
    for (const { name, tab, panel } of tabs) {
      const inFront = name === wanted;
      tab.ariaSelected = String(inFront);
      tab.tabIndex = inFront ? 0 : -1;
      panel.hidden = !inFront;
    }
    changed(wanted);
  };
  const choose = (/** @type {Tab} */ wanted) => {
    history.replaceState(null, '', wanted === 'talk' ? location.pathname + location.search : `#${wanted}`);
    show(wanted);
  };

  tabs.forEach(({ name, tab }, index) => {
    tab.addEventListener('click', () => choose(name));
    tab.addEventListener('keydown', (event) => {
      const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: tabs.length - 1 - index };
      const step = event.key in steps ? steps[/** @type {keyof typeof steps} */ (event.key)] : null;
      const next = step === null ? undefined : tabs.at((index + step) % tabs.length);
      if (next) {
        event.preventDefault();
        choose(next.name);
        next.tab.focus();
      }
    });
  });
  const named = () => TABS.find((name) => location.hash === `#${name}`) ?? 'talk';
  window.addEventListener('hashchange', () => show(named()));
  show(named());

  return {
    front: () => front,
    render: (busy) => {
      for (const { name, tab } of tabs) {
        const mark = tab.querySelector('.tab-mark');
        mark?.toggleAttribute('hidden', !busy[name]);
      }
    },
  };
}
