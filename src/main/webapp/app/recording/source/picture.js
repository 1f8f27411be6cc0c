// Draws a recording as far as this browser can read it; whether it can says nothing about the server.

import { peaksOf } from './peaks.js';

/** Hz; the outline needs no more, and a decoded hour takes 115 MB. */
const PICTURE_RATE = 8000;
/**
 * Longest file that is decoded for its picture: browsers unpack it whole, at its own rate, and a compressed one grows
 * about twenty times. Sending and playing know no such bound.
 */
const MOST_BYTES = 20e6;

/**
 * @param {Blob} blob
 * @returns {Promise<import('../state/state.js').Picture>} never rejects
 */
export async function pictureOf(blob) {
  if (blob.size > MOST_BYTES) {
    return { kind: 'long' };
  }
  try {
    const context = new OfflineAudioContext(1, 1, PICTURE_RATE);
    const audio = await context.decodeAudioData(await blob.arrayBuffer());
    const channels = Array.from({ length: audio.numberOfChannels }, (_, channel) => audio.getChannelData(channel));
    return { kind: 'drawn', peaks: peaksOf(channels), seconds: audio.duration };
  } catch {
    return { kind: 'unreadable' };
  }
}
