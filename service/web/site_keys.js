// Keys: made, shown once, changed, suspended, revoked.
import { post } from '/admin/api.js';
import { ask, show_dialog } from '/admin/dialog.js';
import { h } from '/admin/dom.js';
import { check, copyable, field, select } from '/admin/form.js';
import { limit_fields, limits_of } from '/admin/key_form.js';
import { in_words } from '/admin/problem.js';
import { short } from '/admin/session.js';
import { table_or } from '/admin/table.js';
import { time } from '/admin/time.js';
import { say } from '/admin/undo.js';
import { list, t } from '/admin/words.js';

export function keys_part(keys, sites, draw) {
  return h(
    'section',
    { class: 'panel' },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', null, t('keys_of.title')),
      h('button', { type: 'button', onclick: () => create(sites, draw) }, t('keys_of.add')),
    ),
    table_or(t('keys_of.none'), t('keys_of.title'), columns(draw), keys, {
      row_attributes: (key) => ({ class: key.revoked_at ? 'off' : '' }),
    }),
  );
}

function columns(draw) {
  return [
    {
      name: t('keys_of.key'),
      cell: (key) => [h('code', null, key.hint), h('span', { class: 'faint' }, t(`keys_of.kind.${key.kind}`))],
    },
    {
      name: t('keys_of.sites'),
      cell: (key) => (key.sites === null ? t('all_sites') : list(key.sites.map((site) => short(site.url)))),
    },
    { name: t('keys_of.scopes'), cell: (key) => list(key.scopes.map((scope) => t(`keys_of.scope.${scope}`))) },
    { name: t('keys_of.made'), cell: (key) => time(key.created_at) },
    {
      name: t('keys_of.used'),
      cell: (key) => (key.last_used_at ? time(key.last_used_at) : h('span', { class: 'faint' }, t('keys_of.never'))),
    },
    {
      name: t('keys_of.state'),
      cell: (key) => [
        h('span', null, t(`keys_of.${state(key)}`)),
        key.expires_at && h('span', { class: 'faint' }, t('keys_of.expires'), ' ', time(key.expires_at)),
        key.networks.length > 0 && h('span', { class: 'faint' }, t('keys_of.from', { networks: list(key.networks) })),
      ],
    },
    {
      name: t('column.actions'),
      class: 'actions',
      hidden: true,
      cell: (key) =>
        !key.revoked_at && [
          h(
            'button',
            {
              type: 'button',
              class: 'small',
              'aria-label': `${t('keys_of.change')}: ${key.hint}`,
              onclick: () => change(key, draw),
            },
            t('keys_of.change'),
          ),
          h(
            'button',
            {
              type: 'button',
              class: 'small',
              'aria-label': `${t(key.suspended_at ? 'keys_of.resume' : 'keys_of.suspend')}: ${key.hint}`,
              onclick: () => act(key, key.suspended_at ? 'resume' : 'suspend', draw),
            },
            t(key.suspended_at ? 'keys_of.resume' : 'keys_of.suspend'),
          ),
          h(
            'button',
            {
              type: 'button',
              class: 'small',
              'aria-label': `${t('keys_of.revoke')}: ${key.hint}`,
              onclick: () => revoke(key, draw),
            },
            t('keys_of.revoke'),
          ),
        ],
    },
  ];
}

function state(key) {
  if (key.revoked_at) return 'revoked';
  if (key.expires_at && new Date(key.expires_at) < new Date()) return 'expired';
  return key.suspended_at ? 'suspended' : 'good';
}

async function act(key, what, draw) {
  try {
    await post(`/keys/${key.id}/${what}`);
    await draw();
  } catch (error) {
    say([in_words(error)]);
  }
}

async function revoke(key, draw) {
  const done = await ask({
    title: t('keys_of.revoke.title', { key: key.hint }),
    explain: t('keys_of.revoke.explain'),
    danger: true,
    button: t('keys_of.revoke'),
    send: async () => (await post(`/keys/${key.id}/revoke`)) ?? true,
  });
  if (done) await draw();
}

async function change(key, draw) {
  const done = await ask({
    title: t('keys_of.change.title', { key: key.hint }),
    button: t('save'),
    fields: limit_fields(key),
    send: (values) => post(`/keys/${key.id}`, limits_of(values)),
  });
  if (done) await draw();
}

async function create(sites, draw) {
  const kind = select(
    'kind',
    ['akismet', 'api'].map((kind) => [kind, t(`keys_of.kind.${kind}`)]),
    'akismet',
  );
  const made = await ask({
    title: t('keys_of.add'),
    button: t('keys_of.add'),
    fields: [
      h(
        'fieldset',
        { class: 'stack' },
        h('legend', null, t('keys_of.sites')),
        check(t('all_sites'), 'all'),
        sites.map((site) => check(short(site.url), `site-${site.id}`)),
      ),
      field(t('keys_of.kind'), kind),
      limit_fields({ scopes: ['check', 'feedback'], networks: [], expires_at: null }, kind),
    ],
    send: (values) =>
      post('/keys', {
        sites: values.all ? null : sites.filter((site) => values[`site-${site.id}`]).map((site) => site.id),
        kind: values.kind,
        ...limits_of(values),
      }),
  });
  if (!made) return;
  show_dialog(t('keys_of.made_one'), [h('p', null, t('keys_of.once')), copyable(made.key, t('keys_of.key'))]);
  await draw();
}
