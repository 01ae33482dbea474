// Why a comment was judged as it was: a bar for each reason, the links, the near-duplicates. Its text: marked_text.js.
import { foreign, h } from '/admin/dom.js';
import { copyable } from '/admin/form.js';
import { link } from '/admin/router.js';
import { short } from '/admin/session.js';
import { table } from '/admin/table.js';
import { time } from '/admin/time.js';
import { points_of } from '/admin/verdict.js';
import { percent, t } from '/admin/words.js';

const kManyLinks = 20;

// A bar for each reason: to the right for spam, to the left for ham; the last line is the sum.
export function reasons_part(reasons, { score, model, rules_version }) {
  const most = Math.max(...reasons.map((one) => Math.abs(one.points)), 1);
  const bar = (one) =>
    h(
      'span',
      { class: 'bar', 'aria-hidden': 'true' },
      h('span', {
        class: one.points >= 0 ? 'plus' : 'minus',
        style: { width: `${(Math.abs(one.points) / most) * 50}%` },
      }),
    );
  const sum = reasons.reduce((all, one) => all + one.points, 0);
  const rows = table(
    t('reasons.title'),
    [
      {
        name: t('reasons.why'),
        class: 'sentence',
        cell: (one) => [foreign(one.detail || one.signal), h('code', { class: 'faint' }, one.signal)],
      },
      { name: t('reasons.bar'), class: 'bars', head: ends, cell: bar },
      { name: t('reasons.points'), class: 'number', cell: (one) => points_of(one.points) },
    ],
    reasons,
    { class: 'signals' },
  );
  rows.append(
    h(
      'tfoot',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        h('td', { role: 'cell', class: 'sentence' }, t('reasons.sum', { score: percent(score) })),
        h('td', { role: 'cell', class: 'bars' }),
        h('td', { role: 'cell', class: 'number' }, points_of(sum)),
      ),
    ),
  );
  return h(
    'section',
    { class: 'panel' },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', null, t('reasons.title')),
      h('span', { class: 'faint', title: rules_version }, model),
    ),
    rows,
  );
}

// Which way the bars go.
const ends = () =>
  h('span', { class: 'bar-ends' }, h('span', null, `← ${t('reasons.ham')}`), h('span', null, `${t('reasons.spam')} →`));

// Links in full, as text. One follows them by copying.
export function links_part(links, total = links.length) {
  if (!links.length) return null;
  const place = h('ul', { class: 'links' });
  const draw = (all) => place.replaceChildren(...(all ? links : links.slice(0, kManyLinks)).map(one_link));
  draw(false);
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('links.title', { n: total })),
    place,
    links.length > kManyLinks &&
      h(
        'button',
        {
          type: 'button',
          class: 'small',
          onclick: (event) => {
            event.currentTarget.remove();
            draw(true);
          },
        },
        t('links.all', { n: links.length }),
      ),
    total > links.length && h('p', { class: 'faint' }, t('links.first', { n: links.length })),
  );
}

function one_link(one) {
  return h(
    'li',
    null,
    copyable(one.url, t('links.one')),
    one.anchor && one.anchor !== one.url && h('span', { class: 'faint' }, t('links.anchor'), ' ', foreign(one.anchor)),
  );
}

export function alike_part(alike) {
  if (!alike.length) return null;
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('near.title', { n: alike.length })),
    h('p', { class: 'faint' }, t('near.explain')),
    h(
      'ul',
      { class: 'near' },
      alike.map((one) =>
        h(
          'li',
          null,
          h('span', { class: `label ${one.label}` }, t(`label.${one.label}`)),
          h('span', null, t('near.likeness', { share: percent(one.likeness) })),
          time(one.at),
          h('span', { class: 'faint' }, one.site ? short(one.site.url) : t('near.other_site')),
          one.excerpt !== null &&
            h(
              'p',
              { class: 'excerpt-line', dir: 'auto' },
              one.verdict
                ? h('a', { href: link('comment', {}, one.verdict) }, one.excerpt || t('no_text'))
                : one.excerpt,
            ),
        ),
      ),
    ),
  );
}
