// Shows a camera or the screen while the person wants it: a picture a second goes to the server as long as it listens.

import { FrameGrabber } from '../../sight/frame-grabber.js';
import { PictureSource } from '../../sight/picture-source.js';
import { sightFailure } from '../../sight/sight-failure.js';
import { quietNotice } from '../../shared/notice.js';
import { isShowing, notWelcome } from '../state/showing.js';

/** The model looks once a second; servers drop what comes more often. */
const EVERY_MILLIS = 1000;

/** @typedef {import('../../sight/picture-source.js').Choice} Choice */

/** What the person shows within the page. */
export class Eye {
  #store;
  #send;
  #onStream;
  #source;
  /** @type {FrameGrabber | null} */
  #grabber = null;
  #grabbing = false;
  #session = 0;
  #attempt = 0;

  /**
   * @param {import('../state/state.js').ConversationStore} store
   * @param {(message: import('../../transport/messages.js').ClientMessage) => void} send
   * @param {(stream: MediaStream | null) => void} onStream for the preview; not part of the state, being no data
   */
  constructor(store, send, onStream) {
    this.#store = store;
    this.#send = send;
    this.#onStream = onStream;
    this.#source = new PictureSource({ ended: () => this.#taken(), camerasChanged: () => void this.listCameras() });
    store.subscribe(() => this.#follow());
    setInterval(() => void this.#look(), EVERY_MILLIS);
    void this.listCameras();
  }

  /** Shows it; the browser asks the person first. */
  async show(/** @type {Choice} */ choice) {
    const before = this.#store.state.showing;
    const attempt = ++this.#attempt;
    this.#change({ is: 'asked' });
    try {
      const stream = await this.#source.open(choice);
      if (attempt !== this.#attempt) {
        return; // stopped, or chosen anew meanwhile
      }
      const facing = stream.getVideoTracks()[0]?.getSettings().facingMode;
      this.#grabber?.close();
      this.#grabber = new FrameGrabber(stream);
      this.#onStream(stream);
      const side = facing === 'user' || facing === 'environment' ? facing : 'facing' in choice ? choice.facing : '';
      this.#change({ is: 'begun', what: choice.kind, facing: side });
      await this.listCameras();
    } catch (failure) {
      if (attempt !== this.#attempt) {
        return;
      }
      const notice = sightFailure(choice.kind, failure instanceof DOMException ? failure.name : '');
      if (choice.kind === 'screen' && isShowing(before)) {
        this.#change({ is: 'begun', what: before.what === 'screen' ? 'screen' : 'camera', facing: before.facing }); // goes on as before
        this.#change({ is: 'noticed', notice });
      } else {
        this.#close(notice);
      }
    }
  }

  /** The other camera: of a telephone the other side, otherwise the next one. */
  async turn() {
    const { facing, cameras } = this.#store.state.showing;
    if (facing) {
      await this.show({ kind: 'camera', facing: facing === 'user' ? 'environment' : 'user' });
    } else if (cameras.length > 1) {
      const used = cameras.findIndex((camera) => camera.id === this.#source.cameraId);
      await this.show({ kind: 'camera', id: cameras[(used + 1) % cameras.length]?.id ?? '' });
    }
  }

  /** Shows nothing any more. */
  stop() {
    this.#attempt++;
    this.#close(null);
  }

  /** Lists cameras anew. */
  async listCameras() {
    this.#change({ is: 'cameras', cameras: await this.#source.cameras() });
  }

  #taken() {
    const camera = this.#store.state.showing.what === 'camera';
    this.#close(camera ? quietNotice('The camera is not there any more.', 'Nothing is shown now.') : null);
  }

  #close(/** @type {import('../../shared/notice.js').Notice | null} */ notice) {
    this.#source.close();
    this.#grabber?.close();
    this.#grabber = null;
    this.#onStream(null);
    this.#change({ is: 'over', notice });
  }

  /** A conversation that is over shows nothing; a model that does not look is shown nothing. */
  #follow() {
    const { phase, session, showing } = this.#store.state;
    if (!isShowing(showing)) {
      return;
    }
    if (phase === 'live') {
      this.#session = session;
      if (!showing.welcome) {
        this.#close(notWelcome());
      }
    } else if (phase === 'ended' && session === this.#session) {
      this.#session = 0;
      this.#close(null);
    }
  }

  async #look() {
    const { phase, unsteady, reconnecting, offline } = this.#store.state;
    // A network that is behind is not given more; what is shown in a second is newer anyway.
    if (!this.#grabber || this.#grabbing || phase !== 'live' || unsteady || reconnecting || offline) {
      return;
    }
    this.#grabbing = true;
    try {
      const grabber = this.#grabber;
      const picture = await grabber.grab();
      if (picture && grabber === this.#grabber && this.#store.state.phase === 'live') {
        this.#send({ type: 'image', ...picture });
        this.#change({ is: 'sent' });
      }
    } finally {
      this.#grabbing = false;
    }
  }

  #change(/** @type {import('../state/showing.js').Change} */ change) {
    this.#store.dispatch({ type: 'showing', change });
  }
}
