// What the person chooses beside talking: a microphone at once, everything else for the next conversation.

import { rememberSettings } from './state/settings.js';

/** The choices of one page. */
export class Choices {
  #store;
  #ear;

  /**
   * @param {import('./state/state.js').ConversationStore} store
   * @param {import('./sound/ear.js').Ear} ear
   */
  constructor(store, ear) {
    this.#store = store;
    this.#ear = ear;
  }

  /** Counts from the next conversation on. */
  change(/** @type {import('./state/settings.js').Settings} */ settings) {
    this.#store.dispatch({ type: 'settingsChanged', settings });
    rememberSettings(settings);
  }

  /** Takes another microphone, now if one is open. */
  async takeMicrophone(/** @type {import('../audio/capture/microphone.js').Device} */ device) {
    this.change({ ...this.#store.state.settings, microphone: device.id, microphoneLabel: device.label });
    if (this.#store.state.microphone.open) {
      await this.#ear.replace('');
    }
  }

  /** Lists microphones anew. */
  async listMicrophones() {
    await this.#ear.listDevices();
  }

  /** Lists microphones by name, for which the browser asks the person first. */
  async nameMicrophones() {
    await this.#ear.nameDevices();
  }
}
