// The one AudioContext of the page, made within a press of a button because browsers allow sound only then.

/** How long a sound card takes to wake, at most, and how often it is looked at. */
const PATIENCE_MILLIS = 1000;
const LOOK_MILLIS = 50;

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

  /** Whether sound comes out; where the browser waits for a press of something, none does. */
  async isAwake() {
    const context = this.#context;
    for (let waited = 0; context && context.state !== 'running' && waited < PATIENCE_MILLIS; waited += LOOK_MILLIS) {
      await new Promise((resolve) => void setTimeout(resolve, LOOK_MILLIS));
    }
    return context?.state === 'running';
  }

  /** @returns {Promise<AudioContext>} */
  static async #load(/** @type {AudioContext} */ context) {
    const worklets = ['./capture/pcm-capture-processor.js', './playback/player-processor.js'];
    await Promise.all(worklets.map((file) => context.audioWorklet.addModule(new URL(file, import.meta.url))));
    return context;
  }
}
