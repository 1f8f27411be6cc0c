// Draws the latencies of the last answers as a thin line, from zero up.

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 120;
const HEIGHT = 28;
/** Room for the line's own thickness. */
const EDGE = 2;

/**
 * The line through some values, left to right; pure.
 * @param {number[]} values
 * @returns {string} path data; empty without values
 */
export function sparkPath(values) {
  const top = Math.max(1, ...values);
  const step = values.length > 1 ? (WIDTH - 2 * EDGE) / (values.length - 1) : 0;
  const points = values.map((value, index) => {
    const height = (Math.max(0, value) / top) * (HEIGHT - 2 * EDGE);
    return `${(EDGE + index * step).toFixed(1)} ${(HEIGHT - EDGE - height).toFixed(1)}`;
  });
  return points.length === 1 ? `M${points[0]}h0.1` : points.length > 0 ? `M${points.join('L')}` : '';
}

/** @returns {SVGSVGElement} */
export function sparkline(/** @type {number[]} */ values) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', sparkPath(values));
  svg.append(path);
  return svg;
}
