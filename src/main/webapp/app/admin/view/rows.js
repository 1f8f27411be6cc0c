// Keeps the items of a list while they are drawn anew, so that focus and selection stay where they are.

import { make } from '../../view/element.js';

/**
 * @template Item
 * @param {HTMLElement} list
 * @param {(item: Item) => string} nameOf what tells one from another
 * @param {(row: HTMLLIElement, item: Item) => void} draw fills a row, new or not
 * @returns {(items: Item[]) => void} draws
 */
export function rows(list, nameOf, draw) {
  /** @type {Map<string, {row: HTMLLIElement, drawn: string}>} */
  let kept = new Map();
  return (items) => {
    /** @type {typeof kept} */
    const now = new Map();
    for (const item of items) {
      const drawn = JSON.stringify(item);
      const known = kept.get(nameOf(item)) ?? { row: make('li'), drawn: '' };
      if (known.drawn !== drawn) {
        draw(known.row, item);
      }
      now.set(nameOf(item), { row: known.row, drawn });
    }
    const wanted = [...now.values()].map(({ row }) => row);
    if (wanted.length !== list.children.length || wanted.some((row, at) => list.children[at] !== row)) {
      list.replaceChildren(...wanted);
    }
    kept = now;
  };
}

/** A word on a tinted ground. */
export function mark(/** @type {{words: string, tone: string}} */ { words, tone }) {
  const element = make('span', { className: 'mark', text: words });
  element.dataset.tone = tone;
  return element;
}

/** A line of small facts, without the empty ones. */
export function facts(/** @type {string[]} */ ...texts) {
  const line = make('p', { className: 'facts' });
  line.append(...texts.filter((one) => one !== '').map((one) => make('span', { text: one })));
  return line;
}
