// Asks before something is done that cannot be undone.

import { byId } from '../../view/element.js';

/**
 * @param {{title: string, words: string, yes: string, reason: boolean}} question
 * @returns {Promise<string | null>} the reason, maybe empty; null: no
 */
export function ask({ title, words, yes, reason }) {
  const dialog = byId('ask', HTMLDialogElement);
  const field = byId('ask-reason', HTMLInputElement);
  byId('ask-title', HTMLElement).textContent = title;
  byId('ask-words', HTMLElement).textContent = words;
  byId('ask-yes', HTMLElement).textContent = yes;
  byId('ask-field', HTMLElement).hidden = !reason;
  field.hidden = !reason;
  field.value = '';
  dialog.returnValue = '';
  dialog.showModal();
  (reason ? field : byId('ask-yes', HTMLElement)).focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes' ? field.value : null), { once: true });
    // Enter in the field means yes, though the first button of the form says no.
    field.onkeydown = (event) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        dialog.close('yes');
      }
    };
  });
}
