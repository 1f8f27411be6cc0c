// Draws the conversations that run, and those in the waiting room.

import { byId, make, say } from '../../view/element.js';
import { sparkline } from '../sparkline.js';
import { counted, grouped, lasting, stateOf } from '../words.js';
import { facts, mark, rows } from './rows.js';

/** @typedef {import('../desk-client.js').Talk} Talk */

/** @param {{end: (talk: Talk) => void}} actions */
export function talksView(actions) {
  const talks = rows(byId('conversations', HTMLElement), nameOf, (row, talk) => {
    const button = row.querySelector('button') ?? make('button', { className: 'text-button' });
    button.type = 'button';
    button.textContent = 'End';
    button.setAttribute('aria-label', `End the conversation of ${whoIs(talk)}`);
    button.onclick = () => actions.end(talk);
    const side = make('div', { className: 'talk-side' });
    side.append(spark(talk), button);
    row.className = 'talk-row';
    const focused = document.activeElement === button;
    row.replaceChildren(head(talk), side, details(talk));
    if (focused) {
      button.focus();
    }
  });
  const waiting = rows(byId('waiting', HTMLElement), nameOf, (row, talk) => {
    row.replaceChildren(head(talk), facts(`for ${lasting(talk.inStateSeconds)}`));
  });

  return (/** @type {{conversations: Talk[], waiting: Talk[]}} */ overview) => {
    talks(overview.conversations);
    waiting(overview.waiting);
    count('conversations', overview.conversations.length);
    count('waiting', overview.waiting.length);
  };
}

const nameOf = (/** @type {Talk} */ talk) => talk.id;

function count(/** @type {string} */ list, /** @type {number} */ length) {
  say(byId(`${list}-count`, HTMLElement), length > 0 ? String(length) : '');
  byId(`${list}-none`, HTMLElement).hidden = length > 0;
}

/** The caller where somebody signed in, else the id. */
export function whoIs(/** @type {Talk} */ talk) {
  return talk.caller || talk.id;
}

function head(/** @type {Talk} */ talk) {
  const line = make('p', { className: 'line' });
  line.append(make('span', { className: talk.caller ? 'who' : 'who id', text: whoIs(talk) }), mark(stateOf(talk.state)));
  return line;
}

function details(/** @type {Talk} */ talk) {
  return facts(
    lasting(talk.ageSeconds),
    talk.model,
    talk.key && `key ${talk.key}`,
    `${grouped(talk.tokens)} tokens`,
    talk.turns > 0 ? counted(talk.turns, 'answer', 'answers') : '',
    talk.handOvers > 0 ? counted(talk.handOvers, 'hand-over', 'hand-overs') : '',
    talk.caller && talk.id,
  );
}

function spark(/** @type {Talk} */ { latenciesMillis }) {
  const place = make('div', { className: 'spark' });
  const last = latenciesMillis.at(-1);
  if (last !== undefined) {
    const words = make('span', { text: `${grouped(last)} ms` });
    const said = make('span', { className: 'unseen', text: ' until the last answer was heard' });
    words.append(said);
    place.append(sparkline(latenciesMillis), words);
  }
  return place;
}
