// What was done last, said in a toast, and taken back by its button or the key u.
import { h } from '/admin/dom.js';
import { in_words } from '/admin/problem.js';
import { t } from '/admin/words.js';

const kShown = 20000; // a toast stays so long, and while it has the pointer or the focus
const kDepth = 50;
const done = [];
let region = null;
let timer = 0;

// The place that toasts are shown and read out in.
export function toasts() {
  region = h('section', { class: 'toasts', 'aria-live': 'polite', 'aria-label': t('toast.region') });
  return region;
}

// `undo()` takes it back and may give words for what that did; null where it cannot be taken back.
export function did(words, undo) {
  if (undo) done.push(undo);
  if (done.length > kDepth) done.shift();
  say(words, undo && take_back);
}

export async function take_back() {
  const undo = done.pop();
  if (!undo) return say([t('undo.nothing')]);
  try {
    say([(await undo()) ?? t('undo.done')]);
  } catch (error) {
    if (error.passing) done.push(undo);
    say([in_words(error)], error.passing && take_back, t('retry'));
  }
}

export function say(words, act, label = t('undo')) {
  const close = () => toast.remove();
  const toast = h(
    'div',
    { class: 'toast' },
    h('div', { class: 'toast-words' }, words),
    act && h('button', { type: 'button', class: 'toast-act', onclick: act }, label),
    h('button', { type: 'button', class: 'quiet', 'aria-label': t('close'), onclick: close }, '×'),
  );
  region.replaceChildren(toast);
  clearTimeout(timer);
  const leave = () => (toast.matches(':hover, :focus-within') ? (timer = setTimeout(leave, 3000)) : close());
  timer = setTimeout(leave, kShown);
}

export function forget_done() {
  done.length = 0;
  region?.replaceChildren();
}
