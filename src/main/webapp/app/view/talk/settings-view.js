// The settings sheet: what is chosen counts from the next conversation on and is remembered.

import { languages } from '../../shared/languages.js';
import { MODELS, readSettings, VOICES } from '../../conversation/state/settings.js';
import { isAtRest } from '../../conversation/state/state.js';
import { byId, say } from '../element.js';

/** @typedef {import('../../conversation/state/state.js').State} State */
/** @typedef {import('../../conversation/state/settings.js').Settings} Settings */
/** @typedef {import('../../transport/batch/model-list.js').Offer} Offer */

const SERVERS_CHOICE = 'As this server is set up';

/**
 * @param {Settings} defaults
 * @param {boolean} webmAvailable whether this browser records compressed sound
 * @param {{change: (settings: Settings) => void, state: () => State, offer: () => Promise<Offer | null>}} actions `offer` tells what
 *     this server allows, null when it does not say
 * @returns {(state: State) => void} draws
 */
export function settingsView(defaults, webmAvailable, actions) {
  const sheet = byId('settings', HTMLDialogElement);
  const form = byId('settings-form', HTMLFormElement);
  const hint = byId('settings-hint', HTMLElement);

  offer('model', MODELS);
  offer('voice', [['', SERVERS_CHOICE], ...VOICES.map((voice) => /** @type {[string, string]} */ ([voice, voice]))]);
  offer('language', [['', SERVERS_CHOICE], ...languages()]);
  byId('formats-hint', HTMLElement).hidden = webmAvailable;
  for (const choice of form.querySelectorAll('[data-needs=webm]')) {
    if (choice instanceof HTMLElement) {
      choice.hidden = !webmAvailable;
    }
  }

  const fill = (/** @type {Settings} */ settings) => {
    for (const [name, value] of Object.entries(settings)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) {
        field.append(new Option(value, value)); // chosen by hand or by an older page
      }
      if (field instanceof HTMLInputElement && field.type === 'checkbox') {
        field.checked = value === 'on';
      } else if (field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement || field instanceof RadioNodeList) {
        field.value = value;
      }
    }
  };

  byId('open-settings', HTMLButtonElement).addEventListener('click', () => {
    fill(actions.state().settings);
    sheet.showModal();
    void actions.offer().then((allowed) => allowed && restrict(form, allowed, () => fill(actions.state().settings)));
  });
  sheet.addEventListener('click', (event) => {
    if (event.target === sheet) {
      sheet.close(); // beside the sheet
    }
  });
  form.addEventListener('input', () => {
    actions.change(readSettings({ ...actions.state().settings, search: '', ...Object.fromEntries(new FormData(form)) }, defaults));
  });
  byId('reset-settings', HTMLButtonElement).addEventListener('click', () => {
    const { microphone, microphoneLabel } = actions.state().settings;
    const settings = { ...defaults, microphone, microphoneLabel };
    fill(settings);
    actions.change(settings);
  });

  return (state) => {
    say(hint, isAtRest(state) ? 'Remembered in this browser.' : 'Changes count from the next conversation on.');
  };
}

/** Leaves what this server allows; what was chosen before and is not allowed any more stays, to be seen and changed. */
function restrict(/** @type {HTMLFormElement} */ form, /** @type {Offer} */ allowed, /** @type {() => void} */ refill) {
  replace('model', [['', SERVERS_CHOICE], ...allowed.models.map(({ name, title }) => /** @type {[string, string]} */ ([name, title]))]);
  replace('voice', [['', SERVERS_CHOICE], ...allowed.voices.map((voice) => /** @type {[string, string]} */ ([voice, voice]))]);
  const known = languages();
  const named = allowed.languages.map((tag) => known.find(([other]) => other === tag) ?? /** @type {[string, string]} */ ([tag, tag]));
  replace('language', [['', SERVERS_CHOICE], ...(named.length > 0 ? named : known)]);
  byId('instruction', HTMLTextAreaElement).disabled = !allowed.instruction;
  say(byId('instruction-hint', HTMLElement), allowed.instruction ? 'How the model shall behave, in your own words.' : 'Whoever runs this server has set it.');
  const search = form.querySelector('input[name=search]')?.closest('label');
  search?.toggleAttribute('hidden', !allowed.search);
  refill();
}

function replace(/** @type {string} */ id, /** @type {[string, string][]} */ choices) {
  byId(id, HTMLSelectElement).replaceChildren();
  offer(id, choices);
}

function offer(/** @type {string} */ id, /** @type {readonly (readonly [string, string])[]} */ choices) {
  byId(id, HTMLSelectElement).append(...choices.map(([value, label]) => new Option(label, value)));
}
