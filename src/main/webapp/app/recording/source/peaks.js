// Makes the outline of a recording out of its samples; pure.

/** Columns of the picture: narrow enough for detail, wide enough for a telephone. */
export const COLUMNS = 160;
/** Quiet recordings are drawn larger, but the noise of a silent room is not drawn as a voice. */
const QUIETEST_FULL_SCALE = 0.05;

/**
 * The loudest sample of every stretch, over all channels, relative to the loudest of all.
 * @param {Float32Array[]} channels of one length
 * @param {number} [columns]
 * @returns {number[]} 0 to 1
 */
export function peaksOf(channels, columns = COLUMNS) {
  const length = channels[0]?.length ?? 0;
  const peaks = Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * length) / columns));
    return Math.max(0, ...channels.map((samples) => loudest(samples, from, to)));
  });
  const scale = Math.max(QUIETEST_FULL_SCALE, ...peaks);
  return peaks.map((peak) => peak / scale);
}

function loudest(/** @type {Float32Array} */ samples, /** @type {number} */ from, /** @type {number} */ to) {
  let peak = 0;
  for (let i = from; i < to && i < samples.length; i++) {
    peak = Math.max(peak, Math.abs(/** @type {number} */ (samples[i])));
  }
  return peak;
}
