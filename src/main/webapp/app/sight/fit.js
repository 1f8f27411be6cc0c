// How large a picture is sent; pure.

/** The model looks at 768 by 768 pixels; more would only cost time. */
export const LONGEST_SIDE = 768;

/**
 * The size of a picture that keeps its shape and is not enlarged.
 * @param {number} width
 * @param {number} height
 * @returns {{width: number, height: number}} whole pixels, at least 1
 */
export function fit(width, height) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Characters of `String.fromCharCode` at a time: more arguments than this may not fit a call. */
const PIECE = 0x2000;

/** The bytes in base64, standard alphabet, padded. */
export function base64(/** @type {Uint8Array} */ bytes) {
  let binary = '';
  for (let from = 0; from < bytes.length; from += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(from, from + PIECE));
  }
  return btoa(binary);
}
