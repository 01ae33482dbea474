// A Problem in words, and the count of calls that failed and may be tried again.
import { h } from '/admin/dom.js';
import { has, t } from '/admin/words.js';

const open = new Map(); // what is tried again, by the place that waits for it

export function in_words(problem) {
  if (problem.status === undefined) return t('problem.page', { what: problem.message });
  if (problem.status === 429 && problem.retry_after) return t('problem.wait', { n: problem.retry_after });
  const key = `problem.${problem.status}`;
  const general =
    has(key) && !(problem.status === 403 && problem.field) ? t(key) : problem.passing ? t('problem.500') : '';
  return [general, problem.message].filter(Boolean).join(' ') || t('problem.500');
}

// The place says what failed and offers to try again.
export function failure(problem, again) {
  return h(
    'div',
    { class: 'failure', role: 'alert' },
    h('p', null, in_words(problem)),
    h('button', { type: 'button', onclick: again }, t('retry')),
  );
}

// Fills `place` with what `render` makes of the answer. A call that fails leaves words and a button, and is counted.
export async function fill(place, ask, render) {
  place.setAttribute('aria-busy', 'true');
  if (!place.firstChild) place.append(h('p', { class: 'waiting' }, t('loading')));
  const again = () => fill(place, ask, render);
  try {
    const answer = await ask();
    place.replaceChildren(...[render(answer)].flat(Infinity).filter(Boolean));
    settle(place);
  } catch (error) {
    if (error.name === 'AbortError') return;
    if (error.status === undefined) console.error(error);
    place.replaceChildren(failure(error, again));
    if (error.passing) open.set(place, again);
    changed();
  } finally {
    place.removeAttribute('aria-busy');
  }
}

// The same for a call whose failure leaves the place as it was: null then, and it is counted.
export async function quietly(place, ask, again) {
  try {
    const answer = await ask();
    settle(place);
    return answer;
  } catch (error) {
    if (error.passing) open.set(place, again);
    if (error.name !== 'AbortError') changed();
    return null;
  }
}

function settle(place) {
  if (open.delete(place)) changed();
}

function changed() {
  for (const place of open.keys()) if (!place.isConnected) open.delete(place);
  dispatchEvent(new CustomEvent('winnow:failed', { detail: open.size }));
}

export function forget_failures() {
  open.clear();
  changed();
}

export function retry_all() {
  for (const again of [...open.values()]) again();
}
