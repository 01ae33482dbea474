// Allow and block lists.
import { get, remove } from '/admin/api.js';
import { foreign, h } from '/admin/dom.js';
import { field, select } from '/admin/form.js';
import { make_entry } from '/admin/list_entry.js';
import { fill, in_words } from '/admin/problem.js';
import { go, link } from '/admin/router.js';
import { may, short, sites } from '/admin/session.js';
import { nothing, pager, table } from '/admin/table.js';
import { time } from '/admin/time.js';
import { say } from '/admin/undo.js';
import { number, t } from '/admin/words.js';

export async function lists(view, route) {
  const { q = '', site = '', before = '' } = route.params;
  const place = h('div');
  const change = (changed) => go(link('lists', { q, site, ...changed }), true);
  const draw = () =>
    fill(
      place,
      () => get('/lists', { q, site, before, limit: 50 }, view.signal),
      (answer) => [
        answer.entries.length
          ? table(t('nav.lists'), columns(draw), answer.entries, { class: 'lists' })
          : nothing(t(q || site ? 'lists.none_found' : 'lists.none')),
        pager(answer.next && link('lists', { q, site, before: answer.next }), before && link('lists', { q, site })),
      ],
    );
  const pick = select('site', [['', t('all_sites')]], '', {
    onchange: (event) => change({ site: event.target.value }),
  });
  sites(view.signal).then(
    (all) => {
      pick.append(...all.map((one) => h('option', { value: one.id }, short(one.url))));
      pick.value = site;
    },
    () => null,
  );
  view.main.append(
    view.title(
      t('nav.lists'),
      may('moderator') &&
        h(
          'button',
          { type: 'button', class: 'primary', onclick: () => make_entry().then((entry) => entry && draw()) },
          t('lists.add'),
        ),
    ),
    h('p', { class: 'lead' }, t('lists.lead')),
    h(
      'div',
      { class: 'tools' },
      field(
        t('lists.find'),
        h('input', { type: 'search', value: q, onchange: (event) => change({ q: event.target.value.trim() }) }),
      ),
      field(t('search.site'), pick),
    ),
    place,
  );
  await draw();
}

function columns(draw) {
  const mine = (entry) => may('owner') || (may('moderator') && entry.site !== null);
  return [
    {
      name: t('entry.list'),
      cell: (entry) =>
        h('span', { class: `label ${entry.list === 'block' ? 'spam' : 'ham'}` }, t(`list.${entry.list}`)),
    },
    { name: t('entry.field'), cell: (entry) => t(`entry.field.${entry.field}`) },
    {
      name: t('entry.pattern'),
      class: 'pattern',
      cell: (entry) => [
        h('code', null, foreign(entry.pattern)),
        entry.note && h('span', { class: 'faint' }, foreign(entry.note)),
      ],
    },
    {
      name: t('entry.site'),
      cell: (entry) =>
        entry.site === null
          ? t('all_sites')
          : typeof entry.site === 'object'
            ? short(entry.site.url)
            : String(entry.site),
    },
    { name: t('entry.hits'), class: 'number', cell: (entry) => number(entry.hits) },
    { name: t('entry.by'), cell: (entry) => [foreign(entry.by), h('span', { class: 'faint' }, time(entry.at))] },
    {
      name: t('entry.until'),
      cell: (entry) =>
        entry.until
          ? [time(entry.until), new Date(entry.until) < new Date() && h('span', { class: 'faint' }, t('entry.over'))]
          : h('span', { class: 'faint' }, t('entry.always')),
    },
    may('moderator') && {
      name: t('column.actions'),
      class: 'actions',
      hidden: true,
      cell: (entry) =>
        mine(entry) &&
        h(
          'button',
          {
            type: 'button',
            class: 'small',
            'aria-label': `${t('entry.remove')}: ${entry.pattern}`,
            onclick: () => take_out(entry, draw),
          },
          t('entry.remove'),
        ),
    },
  ].filter(Boolean);
}

async function take_out(entry, draw) {
  try {
    await remove(`/lists/${entry.id}`);
    say(
      [h('strong', null, t('entry.removed')), ' ', foreign(entry.pattern)],
      () => make_entry({ ...entry, site: entry.site?.id ?? entry.site }).then((made) => made && draw()),
      t('entry.again'),
    );
    await draw();
  } catch (error) {
    say([in_words(error)]);
  }
}
