// How a verdict is shown wherever there is one: outcome and band, reasons, links, author.
import { address, foreign, h } from '/admin/dom.js';
import { address_of } from '/admin/pseudonym.js';
import { percent, points, t } from '/admin/words.js';

const kBands = ['ham', 'likely_ham', 'unsure', 'likely_spam', 'spam'];

export const is_spam = (outcome) => outcome === 'spam' || outcome === 'discard';

export function outcome(name) {
  return h('span', { class: `outcome ${name}` }, t(`outcome.${name}`));
}

// Five steps from ham to spam, in words beside it; the number on demand.
export function band(row) {
  const at = kBands.indexOf(row.band);
  return h(
    'span',
    { class: `band ${row.band}`, title: t('band.title', { score: percent(row.score) }) },
    h(
      'span',
      { class: 'band-steps', 'aria-hidden': 'true' },
      kBands.map((name, i) => h('span', { class: i === at && 'on' })),
    ),
    h('span', null, t(`band.${row.band}`)),
    h('span', { class: 'score' }, percent(row.score)),
  );
}

export function points_of(value) {
  return h('span', { class: `points ${value >= 0 ? 'plus' : 'minus'}` }, points(value));
}

export function reason(one) {
  return h(
    'li',
    null,
    points_of(one.points),
    ' ',
    foreign(one.detail || one.signal, { class: 'sentence', title: one.signal }),
  );
}

// What a list shows of the text.
export const excerpt = (row) => row.excerpt || t(row.text_deleted_at ? 'text_deleted' : 'no_text');

// The name that a person goes by, and what this site knows of them.
export function author(row) {
  return [
    h('span', { class: 'author' }, foreign(row.author || t(row.text_deleted_at ? 'author.deleted' : 'nobody'))),
    row.author_email && address_of(row.author_email, { class: 'faint' }),
    known(row),
  ];
}

export function known(row) {
  if (!row.author_ham && !row.author_spam) return h('span', { class: 'faint' }, t('author.unknown'));
  return h(
    'span',
    { class: 'known' },
    row.author_ham > 0 && h('span', { class: 'minus' }, t('author.ham', { n: row.author_ham })),
    row.author_spam > 0 && h('span', { class: 'plus' }, t('author.spam', { n: row.author_spam })),
  );
}

// Where links go, as text: nobody follows a spammer's link by mistake.
export function hosts(row) {
  if (!row.link_count) return null;
  return h(
    'p',
    { class: 'hosts' },
    h('span', { class: 'visually-hidden' }, t('links.to')),
    [...new Set(row.links.map((link) => link.host))].map((host) => [address(host, { class: 'host' }), ' ']),
    row.link_count > 1 && h('span', { class: 'faint' }, t('links.title', { n: row.link_count })),
  );
}
