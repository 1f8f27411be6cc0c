// Asks before a recording that exists only on this page is replaced.

import { byId } from '../element.js';

/**
 * @param {{decide: (replace: boolean) => void}} actions
 * @returns {(state: import('../../recording/state/state.js').State) => void} draws
 */
export function doubtView(actions) {
  const dialog = byId('doubt', HTMLDialogElement);
  let asked = false;

  dialog.addEventListener('close', () => {
    if (asked) {
      asked = false;
      actions.decide(dialog.returnValue === 'replace');
    }
  });

  return ({ doubting }) => {
    if (doubting && !asked) {
      asked = true;
      dialog.returnValue = 'keep'; // what Escape means
      dialog.showModal();
    }
  };
}
