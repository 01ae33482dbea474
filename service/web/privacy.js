// What is kept of one person: how much, all of it as a file, and gone for good. And the log that proves the cleaning.
import { get, post } from '/admin/api.js';
import { ask } from '/admin/dialog.js';
import { h } from '/admin/dom.js';
import { field, select } from '/admin/form.js';
import { fill, in_words } from '/admin/problem.js';
import { link } from '/admin/router.js';
import { short, sites } from '/admin/session.js';
import { pager, table_or } from '/admin/table.js';
import { time } from '/admin/time.js';
import { say } from '/admin/undo.js';
import { number, t } from '/admin/words.js';

const kBy = ['email', 'ip', 'author'];

export async function privacy(view, route) {
  const { before = '' } = route.params;
  const found = h('div', { 'aria-live': 'polite' });
  const log = h('div');
  const draw_log = () =>
    fill(
      log,
      () => get('/privacy/log', { before, limit: 50 }, view.signal),
      (answer) => [
        table_or(t('privacy.log.none'), t('privacy.log'), kColumns(), answer.entries, { class: 'log' }),
        pager(answer.next && link('privacy', { before: answer.next }), before && link('privacy')),
      ],
    );
  view.main.append(
    view.title(t('nav.privacy')),
    h('p', { class: 'lead' }, t('privacy.lead')),
    h(
      'div',
      { class: 'two' },
      h('section', { class: 'panel' }, h('h2', null, t('privacy.person')), form_for(view, found, draw_log)),
      found,
    ),
    h('h2', null, t('privacy.log')),
    h('p', null, t('privacy.log.lead')),
    log,
  );
  await draw_log();
}

function kColumns() {
  return [
    { name: t('column.time'), cell: (one) => time(one.at) },
    { name: t('log.act'), cell: (one) => t(`cleanup.${one.what}`) },
    { name: t('privacy.verdicts'), class: 'number', cell: (one) => number(one.verdicts) },
    { name: t('privacy.reports'), class: 'number', cell: (one) => number(one.reports) },
  ];
}

function form_for(view, found, erased) {
  const by = select(
    'by',
    kBy.map((name) => [name, t(`privacy.by.${name}`)]),
  );
  const who = h('input', { name: 'who', required: true, autocomplete: 'off', spellcheck: 'false' });
  const site = select('site', [['', t('all_sites')]]);
  sites(view.signal).then(
    (all) => site.append(...all.map((one) => h('option', { value: one.id }, short(one.url)))),
    () => null,
  );
  const form = h(
    'form',
    {
      class: 'stack',
      onsubmit: async (event) => {
        event.preventDefault();
        const person = { [by.value]: who.value.trim(), ...(site.value && { site: Number(site.value) }) };
        try {
          const counts = await post('/privacy/find', person);
          found.replaceChildren(result(person, who.value.trim(), counts, () => (found.replaceChildren(), erased())));
        } catch (error) {
          found.replaceChildren(h('p', { class: 'notice', role: 'alert' }, in_words(error)));
        }
      },
    },
    field(t('privacy.by'), by),
    field(t('privacy.who'), who, t('privacy.who.hint')),
    field(t('search.site'), site),
    h('div', { class: 'buttons' }, h('button', { class: 'primary' }, t('privacy.find'))),
  );
  return form;
}

function result(person, name, counts, erased) {
  const some = counts.verdicts + counts.reports > 0;
  const words = t('privacy.found', { verdicts: number(counts.verdicts), reports: number(counts.reports) });
  return h(
    'section',
    { class: 'panel stack' },
    h('h2', null, h('bdi', null, name)),
    h('p', null, some ? words : t('privacy.found.none')),
    some &&
      h(
        'div',
        { class: 'buttons' },
        h('button', { type: 'button', onclick: () => take_along(person) }, t('privacy.export')),
        h(
          'button',
          { type: 'button', class: 'danger', onclick: () => erase(person, words, erased) },
          t('privacy.erase'),
        ),
      ),
  );
}

async function take_along(person) {
  try {
    const answer = await post('/privacy/export', person);
    const file = new Blob([JSON.stringify(answer.entries, null, 2)], { type: 'application/json' });
    const url = URL.createObjectURL(file);
    const save = document.createElement('a');
    save.href = url;
    save.download = 'winnow-export.json';
    save.click();
    URL.revokeObjectURL(url);
  } catch (error) {
    say([in_words(error)]);
  }
}

async function erase(person, words, erased) {
  const gone = await ask({
    title: t('privacy.erase.title'),
    explain: [h('p', null, words), h('p', null, t('privacy.erase.explain'))],
    button: t('privacy.erase'),
    danger: true,
    send: () => post('/privacy/erase', person),
  });
  if (!gone) return;
  say([
    h('strong', null, t('privacy.erased')),
    ' ',
    t('privacy.found', { verdicts: number(gone.verdicts), reports: number(gone.reports) }),
  ]);
  erased();
}
