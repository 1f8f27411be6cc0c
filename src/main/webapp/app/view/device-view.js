// The microphone list that opens from the side of the large button.

import { byId, make, say } from './element.js';

/** @typedef {import('../conversation/state/state.js').State} State */
/** @typedef {import('../audio/capture/microphone.js').Device} Device */

/** @type {Device} */
const DEFAULT = { id: '', label: 'Default of this computer' };

/**
 * @param {{choose: (device: Device) => void, showAll: () => void}} actions
 * @returns {(state: State) => void} draws
 */
export function deviceView(actions) {
  const root = byId('devices', HTMLElement);
  const list = byId('device-list', HTMLElement);
  const hint = byId('device-hint', HTMLElement);
  const showAll = byId('show-devices', HTMLButtonElement);
  const openers = document.querySelectorAll('[popovertarget=devices]');
  let drawnFor = '';

  showAll.addEventListener('click', actions.showAll);
  root.addEventListener('toggle', () => {
    openers.forEach((opener) => opener.setAttribute('aria-expanded', String(root.matches(':popover-open'))));
  });

  return (state) => {
    const { devices } = state.microphone;
    const named = devices.filter((device) => device.label !== '');
    const chosen = named.some((device) => device.id === state.settings.microphone) ? state.settings.microphone : '';
    const key = JSON.stringify([named, chosen]);
    if (key !== drawnFor) {
      drawnFor = key;
      const focused = list.contains(document.activeElement);
      list.replaceChildren(...[DEFAULT, ...named].map((device) => choice(device, device.id === chosen, actions.choose)));
      if (focused) {
        list.querySelector('input:checked')?.dispatchEvent(new Event('refocus', { bubbles: true }));
      }
    }
    const unnamed = named.length === 0;
    showAll.hidden = !unnamed || !navigator.mediaDevices;
    say(hint, hintFor(state, unnamed));
  };
}

function hintFor(/** @type {State} */ state, /** @type {boolean} */ unnamed) {
  if (!navigator.mediaDevices) {
    return 'This address is not secure, so the browser hides its microphones.';
  }
  if (unnamed) {
    return 'Their names appear once you have allowed the microphone.';
  }
  return state.microphone.open && state.microphone.label ? `In use: ${state.microphone.label}` : 'Remembered in this browser.';
}

function choice(/** @type {Device} */ device, /** @type {boolean} */ checked, /** @type {(device: Device) => void} */ choose) {
  const label = make('label', { className: 'choice' });
  const input = make('input');
  input.type = 'radio';
  input.name = 'microphone';
  input.checked = checked;
  input.addEventListener('change', () => choose(device));
  label.append(input, make('span', { text: device.label }));
  // The list is drawn anew when a device comes or goes; whoever was choosing goes on from there.
  input.addEventListener('refocus', () => input.focus());
  return label;
}
