// What was checked, what was blocked, and how often that was wrong.
import { get } from '/admin/api.js';
import { chart } from '/admin/charts.js';
import { foreign, h } from '/admin/dom.js';
import { field, select } from '/admin/form.js';
import { fill } from '/admin/problem.js';
import { go, link } from '/admin/router.js';
import { short, sites } from '/admin/session.js';
import { nothing, table } from '/admin/table.js';
import { day } from '/admin/time.js';
import { number, t } from '/admin/words.js';

const kOutcomes = ['ham', 'unsure', 'spam', 'discard'];
const kTiles = ['checked', 'spam', 'wrongly_flagged', 'missed'];
const kDays = [7, 30, 90, 365];

export async function statistics(view, route) {
  const { site = '', days = '30' } = route.params;
  const place = h('div', { class: 'column' });
  const change = (changed) => go(link('statistics', { site, days, ...changed }), true);
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
    view.title(t('nav.statistics')),
    h(
      'div',
      { class: 'tools' },
      field(t('search.site'), pick),
      field(
        t('rules.days'),
        select(
          'days',
          kDays.map((n) => [n, t('days', { n })]),
          days,
          { onchange: (event) => change({ days: event.target.value }) },
        ),
      ),
    ),
    place,
  );
  await fill(
    place,
    () => get('/statistics', { site, days }, view.signal),
    (answer) => [
      tiles(answer),
      volume(view, answer),
      h('div', { class: 'two even' }, top_reasons(answer), latency(answer)),
    ],
  );
}

function tiles({ week, week_before }) {
  return h(
    'section',
    { class: 'tiles', 'aria-label': t('stats.week') },
    kTiles.map((name) =>
      h(
        'div',
        { class: 'tile' },
        h('h2', null, t(`stats.${name}`)),
        h('p', { class: 'figure' }, number(week[name])),
        h('p', { class: 'faint' }, t('stats.before', { n: week_before[name] })),
        h('p', { class: 'hint' }, t(`stats.${name}.what`)),
      ),
    ),
  );
}

function volume(view, { days }) {
  const some = days.some((one) => kOutcomes.some((name) => one[name] > 0));
  if (!some) return h('section', { class: 'panel' }, h('h2', null, t('stats.volume')), nothing(t('stats.none')));
  const columns = [
    { name: t('stats.day'), cell: (one) => day(one.day) },
    ...[
      ...kOutcomes.map((name) => [name, t(`outcome.${name}`)]),
      ['wrongly_flagged', t('stats.wrongly_flagged')],
      ['missed', t('stats.missed')],
    ].map(([name, words]) => ({ name: words, class: 'number', cell: (one) => number(one[name]) })),
  ];
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('stats.volume')),
    chart(view, {
      type: 'bar',
      label: t('stats.volume'),
      labels: days.map((one) => day(one.day)),
      series: kOutcomes.map((name) => ({
        label: t(`outcome.${name}`),
        colour: `--chart-${name}`,
        values: days.map((one) => one[name]),
      })),
    }),
    h(
      'details',
      null,
      h('summary', null, t('as_table')),
      table(t('stats.volume'), columns, [...days].reverse(), { class: 'compact' }),
    ),
  );
}

function top_reasons({ reasons }) {
  const most = Math.max(...reasons.map((one) => one.hits), 1);
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('stats.reasons')),
    reasons.length
      ? table(
          t('stats.reasons'),
          [
            {
              name: t('reasons.why'),
              class: 'sentence',
              cell: (one) => [foreign(one.sentence || one.signal), h('code', { class: 'faint' }, one.signal)],
            },
            {
              name: t('rules.hits'),
              class: 'hits',
              cell: (one) => [
                h('a', { href: link('queue', { tab: 'all', q: `reason:${one.signal}` }) }, number(one.hits)),
                h('span', { class: 'share', 'aria-hidden': 'true', style: { width: `${(one.hits / most) * 100}%` } }),
              ],
            },
          ],
          reasons,
          { class: 'often' },
        )
      : nothing(t('stats.none')),
  );
}

function latency({ latency_ms }) {
  const figure = (name) =>
    h(
      'div',
      null,
      h('dt', null, t(`stats.${name}`)),
      h('dd', null, latency_ms.checks ? t('ms', { ms: number(Math.round(latency_ms[name] * 10) / 10) }) : '–'),
    );
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('stats.latency')),
    h('dl', { class: 'figures' }, ['p50', 'p95', 'p99'].map(figure)),
    h('p', { class: 'faint' }, t('stats.latency.of', { n: latency_ms.checks })),
  );
}
