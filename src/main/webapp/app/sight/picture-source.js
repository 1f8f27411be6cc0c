// Opens a camera or the screen, and notices when it is taken away.

/** @typedef {{id: string, label: string}} Camera */

/**
 * What to show: a camera by its id, a side of the telephone, or the screen.
 * @typedef {{kind: 'camera', id: string} | {kind: 'camera', facing: 'user' | 'environment'} | {kind: 'screen'}} Choice
 */

/** The open source; at most one. */
export class PictureSource {
  /** @type {MediaStream | null} */
  #stream = null;
  #asked = 0;
  #listener;

  /** @param {{ended: () => void, camerasChanged: () => void}} listener `ended`: stopped in the browser's own bar, or unplugged */
  constructor(listener) {
    this.#listener = listener;
    navigator.mediaDevices?.addEventListener('devicechange', () => listener.camerasChanged());
  }

  /** Whether this browser, at this address, can show the screen. Telephones cannot. */
  static get screenAvailable() {
    return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
  }

  /** Whether it can show a camera. */
  static get cameraAvailable() {
    return typeof navigator.mediaDevices?.getUserMedia === 'function';
  }

  /**
   * Opens it and closes the one before; the browser asks the person.
   * @param {Choice} choice
   * @returns {Promise<MediaStream>} rejects with the browser's DOMException
   */
  async open(choice) {
    // A telephone has only one camera open at a time.
    if (choice.kind === 'camera') {
      this.close();
    }
    const asked = ++this.#asked;
    const stream = await (choice.kind === 'screen' ? askForScreen() : askForCamera(choice));
    if (asked !== this.#asked) {
      stream.getTracks().forEach((track) => track.stop());
      throw new DOMException('Asked for something else meanwhile', 'AbortError');
    }
    this.close();
    this.#stream = stream;
    stream.getVideoTracks()[0]?.addEventListener('ended', () => {
      if (this.#stream === stream) {
        this.close();
        this.#listener.ended();
      }
    });
    return stream;
  }

  /** The camera in use; empty when none is. */
  get cameraId() {
    return this.#stream?.getVideoTracks()[0]?.getSettings().deviceId ?? '';
  }

  /** Lets go of it; the browser's mark goes out. */
  close() {
    const stream = this.#stream;
    this.#asked++; // whatever the person is being asked now comes too late
    this.#stream = null;
    stream?.getTracks().forEach((track) => track.stop());
  }

  /** @returns {Promise<Camera[]>} cameras; without names before the person has allowed one */
  async cameras() {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return all.filter((device) => device.kind === 'videoinput').map((device) => ({ id: device.deviceId, label: device.label }));
  }
}

function askForScreen() {
  // Sound of a shared tab would come back as if the person had said it.
  return navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 5 } }, audio: false });
}

function askForCamera(/** @type {Extract<Choice, {kind: 'camera'}>} */ choice) {
  const which = 'facing' in choice ? { facingMode: { ideal: choice.facing } } : choice.id ? { deviceId: { exact: choice.id } } : {};
  return navigator.mediaDevices.getUserMedia({ video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } });
}
