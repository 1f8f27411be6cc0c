// Opens microphones, lists them, and notices when one is unplugged.

/** @typedef {{id: string, label: string}} Device */

/** @typedef {{stream: MediaStream, label: string, id: string, fellBack: boolean}} OpenMicrophone */

/** The person's microphone; at most one is open. */
export class Microphone {
  /** @type {MediaStream | null} */
  #stream = null;
  #listener;

  /** @param {{unplugged: (label: string) => void, devicesChanged: () => void}} listener */
  constructor(listener) {
    this.#listener = listener;
    navigator.mediaDevices?.addEventListener('devicechange', () => listener.devicesChanged());
  }

  /**
   * Opens a microphone and closes the one before; the browser may ask the person first.
   * @param {string} id of the wanted device, empty for the default; when it is gone the default is taken
   * @returns {Promise<OpenMicrophone>} rejects with the browser's DOMException
   */
  async open(id) {
    this.close();
    let fellBack = false;
    let stream;
    try {
      stream = await Microphone.#ask(id);
    } catch (failure) {
      if (!id || !isMissing(failure)) {
        throw failure;
      }
      stream = await Microphone.#ask('');
      fellBack = true;
    }
    this.close(); // two requests may have been under way
    this.#stream = stream;
    const track = /** @type {MediaStreamTrack} */ (stream.getAudioTracks()[0]);
    track.addEventListener('ended', () => {
      if (this.#stream === stream) {
        this.close();
        this.#listener.unplugged(track.label);
      }
    });
    return { stream, label: track.label, id: track.getSettings().deviceId ?? '', fellBack };
  }

  static #ask(/** @type {string} */ id) {
    return navigator.mediaDevices.getUserMedia({
      audio: {
        ...(id && { deviceId: { exact: id } }),
        channelCount: { ideal: 1 },
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    });
  }

  /** Whether the browser would open one without asking the person. */
  static async isAllowed() {
    try {
      return (await navigator.permissions.query({ name: /** @type {PermissionName} */ ('microphone') })).state === 'granted';
    } catch {
      return false; // a browser that cannot say will ask
    }
  }

  /** Lets go of the microphone; the browser's recording mark goes out. */
  close() {
    const stream = this.#stream;
    this.#stream = null;
    stream?.getTracks().forEach((track) => track.stop());
  }

  /** @returns {Promise<Device[]>} microphones; without names before the person has allowed one */
  async devices() {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return all
      .filter((device) => device.kind === 'audioinput' && device.deviceId !== 'default' && device.deviceId !== 'communications')
      .map((device) => ({ id: device.deviceId, label: device.label }));
  }
}

/** Whether the wanted device is not there any more. */
function isMissing(/** @type {unknown} */ failure) {
  return failure instanceof DOMException && (failure.name === 'OverconstrainedError' || failure.name === 'NotFoundError');
}
