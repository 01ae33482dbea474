// A list entry, made by a dialog: from the page of lists, or from a comment with its author, domain or address filled in.
import { post, remove } from '/admin/api.js';
import { ask } from '/admin/dialog.js';
import { foreign, h } from '/admin/dom.js';
import { field, select } from '/admin/form.js';
import { is_pseudonym } from '/admin/pseudonym.js';
import { may, short, sites } from '/admin/session.js';
import { did } from '/admin/undo.js';
import { t } from '/admin/words.js';

export const kEntryFields = ['author', 'email', 'domain', 'address', 'text'];
const kDomains = 5;

// Resolves with the entry, or null. `given` fills in: {list, field, pattern, site (id)}.
export async function make_entry(given = {}) {
  const all = await sites().catch(() => []);
  const entry = await ask({
    title: t(`entry.title.${given.list ?? 'new'}`),
    explain: t(`entry.explain`),
    button: t('entry.add'),
    fields: [
      h(
        'div',
        { class: 'side' },
        field(
          t('entry.list'),
          select(
            'list',
            ['block', 'allow'].map((name) => [name, t(`list.${name}`)]),
            given.list ?? 'block',
          ),
        ),
        field(
          t('entry.field'),
          select(
            'field',
            kEntryFields.map((name) => [name, t(`entry.field.${name}`)]),
            given.field ?? 'domain',
          ),
        ),
      ),
      field(
        t('entry.pattern'),
        h('input', {
          name: 'pattern',
          required: true,
          maxlength: '1000',
          value: given.pattern ?? '',
          autocomplete: 'off',
          spellcheck: 'false',
        }),
        t('entry.pattern.hint'),
      ),
      h(
        'div',
        { class: 'side' },
        field(
          t('entry.site'),
          select(
            'site',
            [...(may('owner') ? [['', t('all_sites')]] : []), ...all.map((site) => [site.id, short(site.url)])],
            given.site ?? (may('owner') ? '' : all[0]?.id),
          ),
        ),
        field(t('entry.until'), h('input', { type: 'date', name: 'until' }), t('entry.until.hint')),
      ),
      field(t('entry.note'), h('input', { name: 'note', maxlength: '500' })),
    ],
    send: (values) =>
      post('/lists', {
        list: values.list,
        field: values.field,
        pattern: values.pattern.trim(),
        ...(values.site && { site: Number(values.site) }),
        ...(values.note && { note: values.note }),
        ...(values.until && { until: `${values.until}T23:59:59Z` }),
      }),
  });
  if (entry)
    did([h('strong', null, t(`entry.made.${entry.list}`)), ' ', foreign(entry.pattern)], () =>
      remove(`/lists/${entry.id}`).then(() => t('entry.removed')),
    );
  return entry;
}

// Block or allow what a comment names.
export function shortcuts(one) {
  const domains = [...new Set(one.links.map((link) => link.domain).filter(Boolean))].slice(0, kDomains);
  const named = [
    ['author', one.author],
    ['email', one.author_email],
    ...domains.map((domain) => ['domain', domain]),
    ['address', one.comment.user_ip],
  ].filter(([, pattern]) => pattern && !is_pseudonym(pattern));
  if (!named.length) return null;
  const button = (list, name, pattern) =>
    h(
      'button',
      {
        type: 'button',
        class: 'small',
        'aria-label': `${t(`entry.${list}`)}: ${pattern}`,
        onclick: () => make_entry({ list, field: name, pattern, site: one.site.id }),
      },
      t(`entry.${list}`),
    );
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('shortcuts.title')),
    h(
      'ul',
      { class: 'shortcuts' },
      named.map(([name, pattern]) =>
        h(
          'li',
          null,
          h('span', { class: 'faint' }, t(`entry.field.${name}`)),
          foreign(pattern),
          h('span', { class: 'buttons' }, button('block', name, pattern), button('allow', name, pattern)),
        ),
      ),
    ),
  );
}
