// Puts times and sizes into words; pure.

/** 14:05, and 1:02:03 from an hour on; whatever is left of a second counts as one. */
export function clock(/** @type {number} */ millis) {
  const seconds = Math.max(0, Math.ceil(millis / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** 0:08, of seconds, rounded: how long something is and where in it one is end at the same figure. */
export function wholeSeconds(/** @type {number} */ seconds) {
  return clock(Math.round(seconds) * 1000);
}

/** 312 KB, 1.2 MB */
export function size(/** @type {number} */ bytes) {
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
