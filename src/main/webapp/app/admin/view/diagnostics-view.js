// The buttons of the diagnostics, and the steps of the last one.

import { byId, make, say } from '../../view/element.js';
import { grouped } from '../words.js';

/** @typedef {import('../desk-client.js').Step} Step */
/** @typedef {import('../desk-client.js').Report} Report */

/** @type {Record<string, string>} */
const SIGNS = { passed: '✓', failed: '✗', skipped: '–', cancelled: '–' };
/** @type {Record<string, string>} */
const NAMES = { text: 'A text to Gemini', audio: 'A voice to Gemini', live: 'A voice through this server' };
/** @type {Record<string, string>} */
const ENDS = { passed: 'all is well', failed: 'here is the fault', cancelled: 'given up', running: 'under way…' };

/** @param {{diagnose: (diagnosis: string) => void, cancel: () => void}} actions */
export function diagnosticsView(actions) {
  const buttons = [...document.querySelectorAll('button[data-diagnosis]')].filter((one) => one instanceof HTMLButtonElement);
  const cancel = byId('diagnosis-cancel', HTMLButtonElement);
  const verdict = byId('diagnosis-verdict', HTMLElement);
  const list = byId('diagnosis-steps', HTMLElement);
  let drawn = '';
  buttons.forEach((button) => (button.onclick = () => actions.diagnose(button.dataset.diagnosis ?? '')));
  cancel.onclick = actions.cancel;

  return (/** @type {Report | null} */ report, /** @type {string} */ refusal) => {
    const running = report?.verdict === 'running';
    buttons.forEach((button) => (button.disabled = running));
    cancel.hidden = !running;
    const next = JSON.stringify([report, refusal]);
    if (next === drawn) {
      return;
    }
    drawn = next;
    verdict.dataset.tone = refusal || report?.verdict === 'failed' ? 'error' : '';
    const time = report && !running ? `, ${grouped(report.millis)} ms` : '';
    const words = report ? `${NAMES[report.diagnosis] ?? report.diagnosis}: ${ENDS[report.verdict] ?? report.verdict}${time}` : '';
    say(verdict, refusal || words);
    list.replaceChildren(...(report?.steps ?? []).map(drawStep));
  };
}

function drawStep(/** @type {Step} */ step) {
  const row = make('li');
  row.dataset.verdict = step.verdict;
  const sign = make('span', { className: 'sign', text: SIGNS[step.verdict] ?? '·' });
  sign.setAttribute('aria-hidden', 'true');
  const title = make('span', { text: step.title });
  title.append(make('span', { className: 'unseen', text: `: ${step.verdict}` }));
  row.append(sign, title, make('span', { className: 'millis', text: `${grouped(step.millis)} ms` }));
  if (step.words) {
    row.append(make('p', { className: 'words', text: step.words }));
  }
  return row;
}
