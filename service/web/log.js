// Every act: who did what, when and from where. Deletions alone on demand, to show what is gone.
import { get } from '/admin/api.js';
import { foreign, h } from '/admin/dom.js';
import { fill } from '/admin/problem.js';
import { link } from '/admin/router.js';
import { short } from '/admin/session.js';
import { pager, table_or } from '/admin/table.js';
import { time } from '/admin/time.js';
import { has, t } from '/admin/words.js';

export async function log(view, route) {
  const { only = '', before = '' } = route.params;
  const place = h('div');
  const tab = (name) =>
    h(
      'a',
      { href: link('log', { only: name }), 'aria-current': only === name && 'page' },
      t(`log.tab.${name || 'all'}`),
    );
  view.main.append(
    view.title(t('nav.log')),
    h('p', { class: 'lead' }, t('log.lead')),
    h('nav', { class: 'tabs', 'aria-label': t('nav.log') }, tab(''), tab('deletions')),
    place,
  );
  await fill(
    place,
    () => get('/log', { only, before, limit: 100 }, view.signal),
    (answer) => [
      table_or(
        t(only ? 'log.no_deletions' : 'log.none'),
        t('nav.log'),
        [
          { name: t('column.time'), cell: (one) => time(one.at) },
          { name: t('log.by'), cell: (one) => foreign(one.by || t('nobody')) },
          { name: t('log.act'), cell: (one) => (has(`act.log.${one.act}`) ? t(`act.log.${one.act}`) : one.act) },
          { name: t('log.what'), class: 'sentence', cell: (one) => foreign(what(one.what)) },
          {
            name: t('entry.site'),
            cell: (one) =>
              one.site === null
                ? h('span', { class: 'faint' }, '–')
                : typeof one.site === 'object'
                  ? short(one.site.url)
                  : String(one.site),
          },
          { name: t('log.client'), cell: (one) => h('span', { class: 'faint' }, one.client) },
        ],
        answer.entries,
        { class: 'log' },
      ),
      pager(answer.next && link('log', { only, before: answer.next }), before && link('log', { only })),
    ],
  );
}

// What an act was on: words as they are, an object as its members.
function what(thing) {
  if (thing === null || typeof thing !== 'object') return thing ?? '';
  return Object.entries(thing)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}
