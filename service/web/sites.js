// Sites, their thresholds and mode, and the keys that speak for them.
import { get, post } from '/admin/api.js';
import { ask } from '/admin/dialog.js';
import { foreign, h } from '/admin/dom.js';
import { check, field } from '/admin/form.js';
import { keys_part } from '/admin/site_keys.js';
import { fill } from '/admin/problem.js';
import { link } from '/admin/router.js';
import { may, short } from '/admin/session.js';
import { table_or } from '/admin/table.js';
import { time } from '/admin/time.js';
import { say } from '/admin/undo.js';
import { number, percent, t } from '/admin/words.js';

const kThresholds = ['unsure', 'spam', 'discard'];

export async function sites(view) {
  const place = h('div', { class: 'column' });
  view.main.append(
    view.title(
      t('nav.sites'),
      may('owner') && h('button', { type: 'button', class: 'primary', onclick: () => add(draw) }, t('sites.add')),
    ),
    place,
  );
  const draw = () =>
    fill(
      place,
      async () => [await get('/sites', {}, view.signal), may('owner') ? await get('/keys', {}, view.signal) : null],
      ([answer, keys]) => [
        h(
          'section',
          { class: 'panel' },
          h('h2', null, t('sites.title')),
          table_or(t('sites.none'), t('sites.title'), columns(answer, draw), answer.sites, { class: 'sites' }),
          may('owner') && h('p', null, h('a', { href: link('start') }, t('queue.connect'))),
        ),
        keys && keys_part(keys.keys, answer.sites, draw),
      ],
    );
  await draw();
}

function columns({ default_thresholds }, draw) {
  return [
    {
      name: t('sites.url'),
      cell: (site) => [
        h('strong', null, foreign(short(site.url))),
        h('span', { class: 'faint' }, t('sites.since'), ' ', time(site.created_at)),
      ],
    },
    {
      name: t('sites.checks'),
      class: 'number',
      cell: (site) =>
        h('a', { href: link('queue', { tab: 'all', q: `site:${site.id}` }) }, number(site.checks_30_days)),
    },
    {
      name: t('sites.last'),
      cell: (site) => (site.last_check ? time(site.last_check) : h('span', { class: 'faint' }, t('sites.never'))),
    },
    { name: t('sites.thresholds'), cell: (site) => thresholds(site, default_thresholds) },
    {
      name: t('sites.mode'),
      cell: (site) => [
        h('span', { class: site.log_only && 'label here' }, t(site.log_only ? 'sites.log_only' : 'sites.enforce')),
        site.shadow_model && h('span', { class: 'faint' }, t('sites.shadow', { model: site.shadow_model })),
      ],
    },
    may('owner') && {
      name: t('column.actions'),
      class: 'actions',
      hidden: true,
      cell: (site) =>
        h(
          'button',
          {
            type: 'button',
            class: 'small',
            'aria-label': `${t('sites.change')}: ${short(site.url)}`,
            onclick: () => change(site, default_thresholds, draw),
          },
          t('sites.change'),
        ),
    },
  ].filter(Boolean);
}

function thresholds(site, defaults) {
  const own = site.thresholds ?? {};
  return h(
    'span',
    { class: 'thresholds' },
    kThresholds.map((name) =>
      h(
        'span',
        { class: (own[name] ?? null) === null && 'faint' },
        t(`outcome.${name}`),
        ' ',
        percent(own[name] ?? defaults[name], 1),
      ),
    ),
  );
}

async function add(draw) {
  const made = await ask({
    title: t('sites.add'),
    explain: t('sites.add.explain'),
    button: t('sites.add'),
    fields: [
      field(
        t('sites.url'),
        h('input', { name: 'url', type: 'url', required: true, placeholder: 'https://blog.example.org' }),
      ),
    ],
    send: ({ url }) => post('/sites', { url }),
  });
  if (made) await draw();
}

async function change(site, defaults, draw) {
  const one = (name) =>
    field(
      t(`sites.from.${name}`),
      h('input', {
        name,
        type: 'number',
        min: '0',
        max: '100',
        step: 'any',
        value: (site.thresholds?.[name] ?? null) === null ? '' : String(Math.round(site.thresholds[name] * 1e6) / 1e4),
        placeholder: String(Math.round(defaults[name] * 1e6) / 1e4),
      }),
    );
  const share = (text) => (text === '' ? null : Number(text) / 100);
  const changed = await ask({
    title: short(site.url),
    explain: t('sites.thresholds.explain'),
    button: t('save'),
    fields: [
      h('div', { class: 'side' }, kThresholds.map(one)),
      check(t('sites.log_only'), 'log_only', site.log_only, t('sites.log_only.hint')),
    ],
    send: (values) =>
      post(`/sites/${site.id}`, {
        log_only: values.log_only === 'on',
        thresholds: Object.fromEntries(kThresholds.map((name) => [name, share(values[name])])),
      }),
  });
  if (!changed) return;
  say([h('strong', null, t('saved'))]);
  await draw();
}
