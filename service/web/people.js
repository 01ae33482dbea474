// Who may sign in, as what, and for which sites.
import { get, post, remove } from '/admin/api.js';
import { ask } from '/admin/dialog.js';
import { foreign, h } from '/admin/dom.js';
import { check, field, select } from '/admin/form.js';
import { fill } from '/admin/problem.js';
import { short, sites as all_sites, who } from '/admin/session.js';
import { table } from '/admin/table.js';
import { time } from '/admin/time.js';
import { say } from '/admin/undo.js';
import { list, t } from '/admin/words.js';

const kRoles = ['viewer', 'moderator', 'owner'];

export async function people(view) {
  const place = h('div');
  let sites = [];
  const draw = () =>
    fill(
      place,
      async () => {
        sites = await all_sites(view.signal);
        return get('/people', {}, view.signal);
      },
      (answer) =>
        table(
          t('nav.people'),
          columns(() => sites, draw),
          answer.people,
        ),
    );
  view.main.append(
    view.title(
      t('nav.people'),
      h('button', { type: 'button', class: 'primary', onclick: () => edit(null, sites, draw) }, t('people.add')),
    ),
    h('p', { class: 'lead' }, t('people.lead')),
    h(
      'dl',
      { class: 'roles' },
      kRoles.map((role) => h('div', null, h('dt', null, t(`role.${role}`)), h('dd', null, t(`role.${role}.may`)))),
    ),
    place,
  );
  await draw();
}

function columns(sites, draw) {
  return [
    {
      name: t('name'),
      cell: (one) => [
        h('strong', null, foreign(one.name)),
        one.id === who().id && h('span', { class: 'label here' }, t('people.you')),
      ],
    },
    { name: t('people.role'), cell: (one) => t(`role.${one.role}`) },
    {
      name: t('keys_of.sites'),
      cell: (one) =>
        one.sites === null
          ? t('all_sites')
          : one.sites.length
            ? list(one.sites.map((site) => short(site.url)))
            : t('people.no_sites'),
    },
    {
      name: t('people.seen'),
      cell: (one) => (one.last_seen ? time(one.last_seen) : h('span', { class: 'faint' }, t('sites.never'))),
    },
    { name: t('second'), cell: (one) => t(one.second_factor ? 'on' : 'off') },
    {
      name: t('column.actions'),
      class: 'actions',
      hidden: true,
      cell: (one) => [
        h(
          'button',
          {
            type: 'button',
            class: 'small',
            'aria-label': `${t('people.change')}: ${one.name}`,
            onclick: () => edit(one, sites(), draw),
          },
          t('people.change'),
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'small',
            'aria-label': `${t('people.remove')}: ${one.name}`,
            onclick: () => take_out(one, draw),
          },
          t('people.remove'),
        ),
      ],
    },
  ];
}

// A new person, or a change to one.
async function edit(one, sites, draw) {
  const has = (site) => one?.sites?.some((mine) => mine.id === site.id) ?? false;
  const done = await ask({
    title: one ? one.name : t('people.add'),
    button: t(one ? 'save' : 'people.add'),
    fields: [
      !one && field(t('name'), h('input', { name: 'name', required: true, autocomplete: 'off' })),
      field(
        t('people.role'),
        select(
          'role',
          kRoles.map((role) => [role, `${t(`role.${role}`)} – ${t(`role.${role}.may`)}`]),
          one?.role ?? 'moderator',
        ),
      ),
      h(
        'fieldset',
        { class: 'stack' },
        h('legend', null, t('keys_of.sites')),
        check(t('all_sites'), 'all', one ? one.sites === null : false, t('people.all_hint')),
        sites.map((site) => check(short(site.url), `site-${site.id}`, has(site))),
      ),
      field(
        t(one ? 'people.new_password' : 'password'),
        h('input', {
          name: 'password',
          type: 'password',
          autocomplete: 'new-password',
          minlength: '10',
          maxlength: '1000',
          required: !one,
        }),
        t('password.hint'),
      ),
      one?.second_factor && check(t('people.second_off'), 'second_off', false, t('people.second_off.hint')),
    ].filter(Boolean),
    send: async (values) => {
      const body = {
        role: values.role,
        sites:
          values.all || values.role === 'owner'
            ? null
            : sites.filter((site) => values[`site-${site.id}`]).map((site) => site.id),
        ...(values.password && { password: values.password }),
      };
      const answer = one
        ? await post(`/people/${one.id}`, { ...body, ...(values.second_off && { second_factor: false }) })
        : await post('/people', { name: values.name, ...body });
      return answer ?? true;
    },
  });
  if (!done) return;
  say([h('strong', null, t('saved'))]);
  await draw();
}

async function take_out(one, draw) {
  const done = await ask({
    title: t('people.remove.title', { name: one.name }),
    explain: t('people.remove.explain'),
    danger: true,
    button: t('people.remove'),
    send: async () => (await remove(`/people/${one.id}`)) ?? true,
  });
  if (done) await draw();
}
