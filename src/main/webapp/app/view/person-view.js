// Who is signed in, the way out, and the way in again when the server does not know them any more: in a tab of its own,
// so that nothing on this page is lost.

import { fetchSession, signOut } from '../transport/session.js';
import { byId, make, say } from './element.js';

/** How often a page whose sign-in has ended looks whether it is there again, ms. */
const LOOK_AGAIN_MILLIS = 3000;
/** A page of this server that only people who are signed in get to see. */
const SIGN_IN_PAGE = 'signed-in.html';

/** @typedef {import('../conversation/state/state.js').State} State */

/**
 * @param {string} baseUri of the page
 * @param {() => void} leaving called before a person who signed out is taken away from here
 * @returns {(state: State) => void} draws; asks the server when the connection was lost or could not be made
 */
export function personView(baseUri, leaving) {
  const person = byId('person', HTMLElement);
  const name = byId('person-name', HTMLElement);
  const out = byId('sign-out', HTMLButtonElement);
  const notice = byId('sign-in-notice', HTMLElement);
  let troubled = false;
  let shown = false;

  out.addEventListener('click', () => {
    out.disabled = true;
    signOut(baseUri).then(
      (location) => {
        leaving();
        window.location.assign(location);
      },
      () => {
        out.disabled = false;
      },
    );
  });

  async function look() {
    const session = await fetchSession(baseUri);
    if (session) {
      person.hidden = session.name === '';
      say(name, session.name);
      out.hidden = !session.canSignOut;
      if (session.needed !== shown) {
        shown = session.needed;
        notice.replaceChildren(...(shown ? [invitation()] : []));
      }
    }
    if (shown) {
      setTimeout(() => void look(), LOOK_AGAIN_MILLIS);
    }
  }

  void look();
  return (state) => {
    const now = state.offline || state.notices.conversation?.tone === 'error';
    if (now && !troubled && !shown) {
      void look();
    }
    troubled = now;
  };
}

function invitation() {
  const box = make('div', { className: 'notice' });
  box.dataset.tone = 'error';
  const words = make('div', { className: 'notice-words' });
  words.append(make('p', { className: 'happened', text: 'Your sign-in has ended.' }));
  const advice = make('p', { text: 'Everything on this page stays. ' });
  const link = make('a', { text: 'Sign in again' });
  link.href = SIGN_IN_PAGE;
  link.target = '_blank';
  link.rel = 'noopener';
  advice.append(link, ' in another tab, then come back here.');
  words.append(advice);
  box.append(words);
  return box;
}
