// The text of a comment, with what counted marked by how much, and what reading undid.
import { foreign, h } from '/admin/dom.js';
import { points_of } from '/admin/verdict.js';
import { list, points, t } from '/admin/words.js';

const kLongText = 6000;
const kManyMarks = 30;

// The text, its marks on or off, and what reading undid beside it.
export function text_part(explanation) {
  const { text, marks, disguise, folded } = explanation;
  const undone = Object.entries(disguise ?? {}).filter(([, n]) => n > 0);
  const place = h('div', {
    class: 'comment-text',
    dir: 'auto',
    tabindex: '0',
    role: 'region',
    'aria-label': t('text.title'),
  });
  let marked = marks.length > 0;
  let whole = text.length <= kLongText;
  const draw = () =>
    place.replaceChildren(...marked_text(whole ? text : text.slice(0, kLongText), marked ? marks : []));
  draw();
  const toggle =
    marks.length > 0 &&
    h(
      'button',
      {
        type: 'button',
        class: 'small',
        'aria-pressed': 'true',
        onclick: (event) => {
          marked = !marked;
          event.currentTarget.setAttribute('aria-pressed', String(marked));
          draw();
        },
      },
      t('text.marks'),
    );
  const more =
    !whole &&
    h(
      'button',
      {
        type: 'button',
        class: 'small',
        onclick: (event) => {
          whole = true;
          event.currentTarget.remove();
          draw();
        },
      },
      t('text.whole', { n: text.length }),
    );
  return h(
    'section',
    { class: 'panel' },
    h('div', { class: 'panel-head' }, h('h2', null, t('text.title')), toggle),
    text ? place : h('p', { class: 'faint' }, t('no_text')),
    more,
    marks.length > 0 && legend(),
    marks.length > 0 && counted(text, marks),
    folded !== text &&
      h(
        'details',
        { class: 'folded', open: undone.length > 0 },
        h('summary', null, t('folded.title')),
        undone.length > 0 &&
          h('p', null, t('folded.undone', { what: list(undone.map(([kind, n]) => t(`disguise.${kind}`, { n }))) })),
        h(
          'p',
          { class: 'comment-text', dir: 'auto', tabindex: '0', role: 'region', 'aria-label': t('folded.title') },
          folded.slice(0, kLongText),
          folded.length > kLongText && '…',
        ),
      ),
  );
}

// Where marks overlap, their points add up.
function marked_text(text, marks) {
  const steps = new Map();
  const step = (at, by) => steps.set(at, (steps.get(at) ?? 0) + by);
  for (const mark of marks) {
    if (mark.begin >= text.length) continue;
    step(mark.begin, mark.points);
    step(Math.min(mark.end, text.length), -mark.points);
  }
  const most = Math.max(...marks.map((mark) => Math.abs(mark.points)), 0.01);
  const parts = [];
  let at = 0;
  let sum = 0;
  for (const [next, by] of [...steps].sort(([a], [b]) => a - b)) {
    if (next > at) parts.push(piece(text.slice(at, next), sum, most));
    at = next;
    sum += by;
  }
  parts.push(document.createTextNode(text.slice(at)));
  return parts;
}

function piece(text, sum, most) {
  if (Math.abs(sum) < 0.005) return document.createTextNode(text);
  return h(
    'mark',
    {
      class: `${sum > 0 ? 'plus' : 'minus'} level-${level(sum, most)}`,
      title: t('mark.title', { points: points(sum) }),
    },
    text,
  );
}

const level = (sum, most) => (Math.abs(sum) > most * 0.6 ? 3 : Math.abs(sum) > most * 0.25 ? 2 : 1);

function legend() {
  const sample = (kind, strength) => h('mark', { class: `${kind} level-${strength}` }, t(`mark.level.${strength}`));
  return h(
    'p',
    { class: 'legend' },
    h(
      'span',
      null,
      t('mark.spam'),
      ' ',
      [1, 2, 3].map((n) => [sample('plus', n), ' ']),
    ),
    h(
      'span',
      null,
      t('mark.ham'),
      ' ',
      [1, 2, 3].map((n) => [sample('minus', n), ' ']),
    ),
  );
}

// The marks as a list, for who does not see or hover them.
function counted(text, marks) {
  const strongest = [...marks].sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, kManyMarks);
  return h(
    'details',
    { class: 'counted' },
    h('summary', null, t('mark.list', { n: marks.length })),
    h(
      'ul',
      null,
      strongest.map((mark) =>
        h(
          'li',
          null,
          points_of(mark.points),
          ' ',
          foreign(text.slice(mark.begin, Math.min(mark.end, mark.begin + 60))),
        ),
      ),
    ),
    marks.length > kManyMarks && h('p', { class: 'faint' }, t('mark.list.more', { n: kManyMarks })),
  );
}
