// Makes a WAV file of PCM, for browsers that record no WebM; pure.

/** Bytes of the header (Multimedia Programming Interface 1.0, "RIFF WAVE"). */
const HEADER_BYTES = 44;

/**
 * @param {number} rate Hz
 * @param {number} dataBytes of s16le mono that follow
 * @returns {Uint8Array<ArrayBuffer>} the header
 */
export function wavHeader(rate, dataBytes) {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  const tag = (/** @type {number} */ at, /** @type {string} */ text) => [...text].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  tag(0, 'RIFF');
  header.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  tag(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  tag(36, 'data');
  header.setUint32(40, dataBytes, true);
  return new Uint8Array(header.buffer);
}
