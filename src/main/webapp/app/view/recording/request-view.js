// What is asked about the recording: model, language, instruction, and the button that sends it.

import { byId, say } from '../element.js';
import { chosenModel, readForm } from '../../recording/state/form.js';
import { isUnderWay, maySend } from '../../recording/state/state.js';
import { languages } from '../../shared/languages.js';

/** @typedef {import('../../recording/state/state.js').State} State */
/** @typedef {import('../../recording/state/form.js').Form} Form */

/**
 * @param {{change: (form: Form) => void, send: () => void, state: () => State}} actions
 * @returns {(state: State) => void} draws
 */
export function requestView(actions) {
  const form = byId('request', HTMLFormElement);
  const model = byId('batch-model', HTMLSelectElement);
  const modelHint = byId('batch-model-hint', HTMLElement);
  const language = byId('batch-language', HTMLSelectElement);
  const prompt = byId('prompt', HTMLTextAreaElement);
  const promptHint = byId('prompt-hint', HTMLElement);
  const send = byId('send-recording', HTMLButtonElement);
  /** @type {State['models'] | undefined} */
  let offered;

  language.append(new Option('As spoken', ''), ...languages().map(([tag, name]) => new Option(name, tag)));
  language.value = actions.state().form.language;
  prompt.value = actions.state().form.prompt;

  form.addEventListener('input', () => {
    actions.change(readForm({ ...actions.state().form, model: model.value, language: language.value, prompt: prompt.value }));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    actions.send();
  });
  prompt.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  return (state) => {
    form.hidden = state.clip === null || state.capture !== 'rest';
    const chosen = chosenModel(state.form, state.models);
    if (state.models !== offered) {
      offered = state.models;
      const known = (offered?.batch ?? []).map(({ name, title }) => new Option(title, name));
      model.replaceChildren(...(known.length > 0 ? known : [new Option('As this server is set up', '')]));
    }
    model.value = chosen?.name ?? '';
    const writesDown = chosen?.kind === 'transcription';
    say(modelHint, chosen?.description || (writesDown ? 'Writes down what is said.' : 'Listens and answers what you ask.'));
    prompt.disabled = writesDown;
    promptHint.hidden = !writesDown;
    say(promptHint, 'This model writes down every word and takes no instruction.');
    send.disabled = !maySend(state);
    send.classList.toggle('second', state.notices.answer?.retry === true);
    say(send, isUnderWay(state) ? 'Sending\u2026' : state.job ? 'Send again' : 'Send');
  };
}
