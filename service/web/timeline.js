// What happened to a comment, in order.
import { foreign, h } from '/admin/dom.js';
import { time } from '/admin/time.js';
import { outcome } from '/admin/verdict.js';
import { percent, t } from '/admin/words.js';

export function timeline(events) {
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('timeline.title')),
    h(
      'ol',
      { class: 'timeline' },
      events.map((event) => h('li', null, time(event.at), h('div', null, words(event)))),
    ),
  );
}

function words(event) {
  return [
    h('span', null, t(`timeline.${event.what}`)),
    ' ',
    event.outcome && [outcome(event.outcome), ' '],
    event.score !== undefined && event.score !== null && h('span', { class: 'faint' }, percent(event.score), ' '),
    event.label && h('span', { class: `label ${event.label}` }, t(`label.${event.label}`)),
    event.by && h('span', { class: 'faint' }, ' ', t('by'), ' ', foreign(event.by)),
    event.effect && h('span', { class: 'effect' }, t(`effect.${event.effect}`)),
  ];
}
