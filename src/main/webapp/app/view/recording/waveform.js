// Draws the outline of a recording; what was played is drawn in the accent colour.

const SVG = 'http://www.w3.org/2000/svg';
/** Units of the drawing; it is stretched to whatever room there is. */
const HEIGHT = 100;
/** Share of a column that is drawn, and the least height of a bar: silence is a line, not nothing. */
const BAR = 0.62;
const LEAST = 2;

/** Replaces what is drawn in `place`. */
export function drawWaveform(/** @type {HTMLElement} */ place, /** @type {number[]} */ peaks) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${peaks.length} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const outline = peaks
    .map((peak, column) => {
      const height = Math.max(LEAST, peak * HEIGHT);
      const left = column + (1 - BAR) / 2;
      return `M${left.toFixed(2)} ${((HEIGHT - height) / 2).toFixed(1)}h${BAR}v${height.toFixed(1)}h${-BAR}z`;
    })
    .join('');
  for (const className of ['unplayed', 'played']) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', className);
    path.setAttribute('d', outline);
    svg.append(path);
  }
  place.replaceChildren(svg);
}
