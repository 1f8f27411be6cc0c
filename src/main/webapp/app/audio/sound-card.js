// The one AudioContext of the page, made within a press of a button because browsers allow sound only then.

/** Sound in and out. On an insecure address browsers offer neither: `available` is false then. */
export class SoundCard {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {Promise<AudioContext> | null} */
  #ready = null;

  /** Whether this browser, at this address, can record and play through worklets. */
  static get available() {
    return window.isSecureContext && 'AudioWorkletNode' in window;
  }

  /**
   * Wakes the sound card; call it first thing when a person presses something.
   * @returns {Promise<AudioContext>} running, with both worklets loaded; rejects when the worklets cannot be loaded
   */
  wake() {
    if (!this.#context) {
      const context = new AudioContext({ latencyHint: 'interactive' });
      this.#context = context;
      this.#ready = SoundCard.#load(context);
      this.#ready.catch(() => {
        this.#context = null; // the next press tries again
        void context.close();
      });
    }
    // Phones suspend it when a call comes in or the page is hidden. Not awaited: it may only settle after permission.
    void this.#context.resume().catch(() => undefined);
    return /** @type {Promise<AudioContext>} */ (this.#ready);
  }

  /** @returns {Promise<AudioContext>} */
  static async #load(/** @type {AudioContext} */ context) {
    const worklets = ['./capture/pcm-capture-processor.js', './playback/player-processor.js'];
    await Promise.all(worklets.map((file) => context.audioWorklet.addModule(new URL(file, import.meta.url))));
    return context;
  }
}
