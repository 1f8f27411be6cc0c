// Makes a calm picture of the microphone's loudness and notices when a voice was last heard; pure.

/** Loudness drawn as empty and as full, dB of full scale. */
const FLOOR_DECIBEL = -55;
const CEILING_DECIBEL = -12;
/** Share of the way to a quieter value covered by one report: the picture rises at once and sinks slowly. */
const FALL = 0.18;
/** A voice is at least this much louder than the room, and at least this loud at all (rms). */
const VOICE_OVER_ROOM = 3;
const QUIETEST_VOICE = 0.008;

/** Meter of one microphone, fed about thirty times a second. */
export class LevelMeter {
  #room = 0.003;

  constructor() {
    /** 0 to 1, for drawing. */
    this.level = 0;
    /** When a voice was last heard, on the clock of the reports; null before the first. */
    this.lastVoiceAt = /** @type {number | null} */ (null);
  }

  /**
   * Takes in one report.
   * @param {number} rms of the last samples, 0 to 1
   * @param {number} at milliseconds
   */
  report(rms, at) {
    const decibel = 20 * Math.log10(Math.max(rms, 1e-6));
    const level = Math.max(0, Math.min(1, (decibel - FLOOR_DECIBEL) / (CEILING_DECIBEL - FLOOR_DECIBEL)));
    this.level = level >= this.level ? level : this.level + (level - this.level) * FALL;
    // The room's own noise follows down at once and up in about ten seconds.
    this.#room = rms < this.#room ? rms : this.#room * 1.005 + 1e-7;
    if (rms > QUIETEST_VOICE && rms > this.#room * VOICE_OVER_ROOM) {
      this.lastVoiceAt = at;
    }
  }

  /** Silence, as after muting. */
  reset() {
    this.level = 0;
  }
}
