// The text field: works before, during and after talking.

import { byId } from '../element.js';

/** @param {{say: (text: string) => void}} actions */
export function composerView(actions) {
  const form = byId('composer', HTMLFormElement);
  const text = byId('text', HTMLTextAreaElement);
  const send = byId('send', HTMLButtonElement);

  const update = () => {
    send.disabled = text.value.trim() === '';
  };
  text.addEventListener('input', update);
  text.addEventListener('keydown', (event) => {
    // Not while an input method is composing a word, which Enter confirms.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (words !== '') {
      actions.say(words);
      text.value = '';
      update();
    }
  });
  update();
}
