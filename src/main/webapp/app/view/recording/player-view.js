// Plays what will be sent; the outline is its position, for the pointer and for the keyboard.

import { byId, say } from '../element.js';
import { wholeSeconds } from '../../shared/measures.js';
import { drawWaveform } from './waveform.js';

/** @typedef {import('../../recording/state/state.js').State} State */
/** @typedef {import('../../recording/state/state.js').Picture} Picture */

/** How far the arrow keys go, s. */
const STEP = 5;
/** A recording without an outline has a line in its place. */
const LINE = /** @type {number[]} */ (Array(40).fill(0));

/** @returns {(state: State) => void} draws */
export function playerView() {
  const player = byId('player', HTMLElement);
  const play = byId('play', HTMLButtonElement);
  const icon = byId('play-icon', SVGUseElement);
  const waveform = byId('waveform', HTMLElement);
  const time = byId('player-time', HTMLElement);
  const audio = new Audio();
  let clip = 0;
  let address = '';
  /** @type {Picture | null} */
  let drawn = null;
  let seconds = 0;

  const length = () => seconds || (Number.isFinite(audio.duration) ? audio.duration : 0);
  const show = () => {
    const at = Math.min(audio.currentTime, length() || Infinity);
    waveform.style.setProperty('--played', String(length() > 0 ? at / length() : 0));
    waveform.ariaValueMax = length().toFixed(1);
    waveform.ariaValueNow = at.toFixed(1);
    waveform.ariaValueText = `${wholeSeconds(at)} of ${wholeSeconds(length())}`;
    say(time, length() > 0 ? `${wholeSeconds(at)} / ${wholeSeconds(length())}` : '');
    icon.setAttribute('href', audio.paused ? '#icon-play' : '#icon-pause');
    play.ariaLabel = audio.paused ? 'Play' : 'Pause';
  };
  const goTo = (/** @type {number} */ at) => {
    audio.currentTime = Math.max(0, Math.min(length(), at));
    show();
  };
  const follow = () => {
    show();
    if (!audio.paused) {
      requestAnimationFrame(follow);
    }
  };

  play.addEventListener('click', () => {
    if (audio.paused) {
      void audio.play().catch(show);
    } else {
      audio.pause();
    }
  });
  audio.addEventListener('play', follow);
  for (const event of ['pause', 'ended', 'seeked', 'durationchange']) {
    audio.addEventListener(event, show);
  }
  waveform.addEventListener('pointerdown', (event) => {
    waveform.setPointerCapture(event.pointerId);
    goTo(positionOf(event));
  });
  waveform.addEventListener('pointermove', (event) => {
    if (waveform.hasPointerCapture(event.pointerId)) {
      goTo(positionOf(event));
    }
  });
  const positionOf = (/** @type {PointerEvent} */ event) => {
    const { left, width } = waveform.getBoundingClientRect();
    return ((event.clientX - left) / width) * length();
  };
  waveform.addEventListener('keydown', (event) => {
    /** @type {Record<string, number>} */
    const places = { ArrowRight: audio.currentTime + STEP, ArrowUp: audio.currentTime + STEP, ArrowLeft: audio.currentTime - STEP, ArrowDown: audio.currentTime - STEP, Home: 0, End: length() };
    const place = places[event.key];
    if (place !== undefined) {
      event.preventDefault();
      goTo(place);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      play.click();
    }
  });

  const load = (/** @type {Blob | null} */ blob) => {
    audio.pause();
    URL.revokeObjectURL(address);
    address = blob ? URL.createObjectURL(blob) : '';
    if (blob) {
      audio.src = address;
    } else {
      audio.removeAttribute('src');
    }
    seconds = 0;
  };

  return (state) => {
    if (clip !== (state.clip?.id ?? 0)) {
      clip = state.clip?.id ?? 0;
      load(state.clip?.blob ?? null);
    }
    if (state.capture !== 'rest') {
      audio.pause(); // the microphone would hear it
    }
    if (drawn !== state.picture) {
      drawn = state.picture;
      seconds = drawn.kind === 'drawn' ? drawn.seconds : 0;
      drawWaveform(waveform, drawn.kind === 'drawn' ? drawn.peaks : LINE);
      show();
    }
    player.hidden = state.picture.kind === 'unreadable';
    player.classList.toggle('drawing', state.picture.kind === 'drawing');
  };
}
