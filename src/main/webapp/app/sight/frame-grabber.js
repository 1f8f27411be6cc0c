// Takes single pictures out of a running video, made small here so that large ones never leave this computer.

import { base64, fit } from './fit.js';

/** @typedef {{mimeType: string, data: string}} Picture `data` in base64 */

const MIME_TYPE = 'image/jpeg';
/** Tried one after another until a picture is small enough; the last one is taken as it is. */
const QUALITIES = [0.8, 0.6, 0.4];
/** Bytes; half of what a server takes unless it is set up otherwise. */
const SMALL_ENOUGH = 256 * 1024;

/** Pictures of one stream. */
export class FrameGrabber {
  #video = document.createElement('video');
  #canvas = document.createElement('canvas');

  constructor(/** @type {MediaStream} */ stream) {
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = stream;
    // Rejected when the stream ends at once; then there is nothing to grab either.
    this.#video.play().catch(() => undefined);
  }

  /**
   * The picture of this moment.
   * @returns {Promise<Picture | null>} null while the video shows nothing
   */
  async grab() {
    const { videoWidth, videoHeight } = this.#video;
    const context = this.#canvas.getContext('2d', { alpha: false });
    if (videoWidth === 0 || videoHeight === 0 || !context) {
      return null;
    }
    const { width, height } = fit(videoWidth, videoHeight);
    this.#canvas.width = width;
    this.#canvas.height = height;
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#video, 0, 0, width, height);
    const blob = await this.#encode();
    return blob && { mimeType: MIME_TYPE, data: base64(new Uint8Array(await blob.arrayBuffer())) };
  }

  async #encode() {
    /** @type {Blob | null} */
    let blob = null;
    for (const quality of QUALITIES) {
      blob = await new Promise((resolve) => this.#canvas.toBlob(resolve, MIME_TYPE, quality));
      if (!blob || blob.size <= SMALL_ENOUGH) {
        break;
      }
    }
    return blob;
  }

  /** Lets go of the video. */
  close() {
    this.#video.pause();
    this.#video.srcObject = null;
  }
}
