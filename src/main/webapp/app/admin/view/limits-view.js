// The form of the limits: shows what holds, keeps what the operator is about to change, sends what differs.

import { byId, say } from '../../view/element.js';

/** @typedef {import('../desk-client.js').Limits} Limits */

/** @param {{change: (changes: Limits) => Promise<void>}} actions */
export function limitsView(actions) {
  const form = byId('limits', HTMLFormElement);
  const save = byId('limits-save', HTMLButtonElement);
  const reset = byId('limits-reset', HTMLButtonElement);
  const result = byId('limits-result', HTMLElement);
  const fields = [...form.querySelectorAll('input')];
  /** @type {Limits} */
  let holding = {};
  let editing = false;

  const refresh = () => {
    const changes = changesOf(fields, holding);
    editing = fields.some((field) => field.value !== String(holding[field.name] ?? ''));
    save.disabled = Object.keys(changes).length === 0;
    reset.hidden = !editing;
  };
  const fill = () => {
    fields.forEach((field) => (field.value = String(holding[field.name] ?? '')));
    refresh();
  };
  const tell = (/** @type {string} */ words, /** @type {string} */ tone) => {
    result.dataset.tone = tone;
    say(result, words);
  };

  form.oninput = () => {
    tell('', '');
    refresh();
  };
  reset.onclick = () => {
    tell('', '');
    fill();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    actions.change(changesOf(fields, holding)).then(
      () => {
        editing = false;
        tell('Changed, until the next start.', '');
      },
      (/** @type {Error} */ refusal) => tell(refusal.message, 'error'),
    );
  };

  return (/** @type {{limits: Limits, limitsChanged: boolean}} */ overview) => {
    holding = overview.limits;
    say(
      byId('limits-words', HTMLElement),
      overview.limitsChanged
        ? 'Changed: these hold until the next start, then what is configured comes back.'
        : 'As configured. A change holds until the next start.',
    );
    if (editing) {
      refresh();
    } else {
      fill();
    }
  };
}

/**
 * What differs from what holds, as far as it is a number.
 * @param {HTMLInputElement[]} fields
 * @param {Limits} holding
 */
function changesOf(fields, holding) {
  /** @type {Limits} */
  const changes = {};
  for (const field of fields) {
    const value = field.valueAsNumber;
    if (Number.isInteger(value) && value !== holding[field.name]) {
      changes[field.name] = value;
    }
  }
  return changes;
}
