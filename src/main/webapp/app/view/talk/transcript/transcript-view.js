// The conversation as it is spoken; follows the newest words until the person scrolls away.

import { welcomeOf } from '../../../conversation/state/status.js';
import { isHeard } from '../../../conversation/state/transcript.js';
import { byId, make, say } from '../../element.js';
import { drawSources } from './sources.js';
import { drawSuggestions } from './suggestions.js';
import { EndFollower } from '../../end-follower.js';
import { CallView } from './call-view.js';

/** @typedef {import('../../../conversation/state/state.js').State} State */
/** @typedef {import('../../../conversation/state/state.js').Entry} Entry */
/** @typedef {import('../../../conversation/state/state.js').Speech} Speech */
/** @typedef {import('../../../conversation/state/state.js').Call} Call */

/** What is on the page for one entry that is not a call. */
class Drawn {
  #words = make('p', { className: 'words' });
  #mark = make('span', { className: 'mark' });
  /** @type {Entry | null} */
  #entry = null;
  #settled = 0;
  #grown;

  /**
   * @param {Exclude<Entry, Call>} entry
   * @param {() => void} grown told when it has got higher by itself
   */
  constructor(entry, grown) {
    this.#grown = grown;
    this.element = make('div', { className: entry.kind === 'speech' ? `speech ${entry.voice}` : 'line' });
    if (entry.kind === 'speech') {
      this.#words.dir = 'auto';
      const name = entry.voice === 'person' ? 'You' : 'Parley';
      this.element.append(make('span', { className: 'speaker', text: name }), this.#words);
    }
  }

  draw(/** @type {State} */ state, /** @type {Exclude<Entry, Call>} */ entry) {
    if (entry.kind === 'line') {
      say(this.element, entry.text);
      return;
    }
    // One span per delta: what was said once is never written again, only lit up.
    for (let i = this.#words.childElementCount; i < entry.pieces.length; i++) {
      this.#words.append(make('span', { className: 'unheard', text: entry.pieces[i]?.text ?? '' }));
    }
    this.#light(state, entry);
    if (entry !== this.#entry && (entry.cutAt !== null || entry.broken) && !this.#mark.isConnected) {
      say(this.#mark, entry.cutAt === null ? 'Not finished' : this.#settled < entry.pieces.length ? 'You cut in before the rest was heard' : 'You cut in');
      this.element.append(this.#mark);
    }
    const before = this.#entry?.kind === 'speech' ? this.#entry : undefined;
    drawSources(this.element, before?.sources, entry.sources);
    drawSuggestions(this.element, before?.suggestions, entry.suggestions, this.#grown);
    this.#entry = entry;
  }

  #light(/** @type {State} */ state, /** @type {Speech} */ entry) {
    while (this.#settled < entry.pieces.length) {
      const piece = entry.pieces[this.#settled];
      if (!piece || !isHeard(state, entry, piece)) {
        return;
      }
      this.#words.children[this.#settled]?.classList.remove('unheard');
      this.#settled++;
    }
  }
}

/**
 * @param {{decide: (call: number, allow: boolean) => void}} actions
 * @returns {(state: State) => void} draws
 */
export function transcriptView(actions) {
  const scroller = byId('transcript', HTMLElement);
  const list = byId('entries', HTMLElement);
  const preview = byId('preview', HTMLElement);
  const welcome = byId('welcome', HTMLElement);
  const welcomeTitle = byId('welcome-title', HTMLElement);
  const welcomeWords = byId('welcome-words', HTMLElement);
  const newest = byId('newest', HTMLButtonElement);
  /** @type {Map<string, Drawn | CallView>} */
  const drawn = new Map();
  const follower = new EndFollower(scroller, (following) => {
    newest.hidden = following;
  });
  newest.addEventListener('click', () => {
    follower.resume();
    scroller.focus();
  });

  return (state) => {
    state.entries.forEach((entry, index) => {
      let item = drawn.get(entry.id);
      if (!item) {
        item = entry.kind === 'call' ? new CallView(entry, actions.decide, () => scroller.focus()) : new Drawn(entry, () => follower.follow());
        drawn.set(entry.id, item);
        list.insertBefore(item.element, list.children[index] ?? null);
      }
      if (item instanceof CallView) {
        item.draw(/** @type {Call} */ (entry));
      } else {
        item.draw(state, /** @type {Exclude<Entry, Call>} */ (entry));
      }
    });
    welcome.hidden = state.entries.length > 0 || state.preview !== '' || state.notices.conversation !== null;
    const { title, words } = welcomeOf(state);
    say(welcomeTitle, title);
    say(welcomeWords, words);
    preview.hidden = state.preview === '';
    say(preview, state.preview);
    follower.follow();
  };
}
