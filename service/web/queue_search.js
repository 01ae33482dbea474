// The search of the queue: one box with the whole query, and controls that write terms into it.
import { get } from '/admin/api.js';
import { h } from '/admin/dom.js';
import { field, select } from '/admin/form.js';
import { range, range_of, value_of, with_value } from '/admin/query.js';
import { go, link } from '/admin/router.js';
import { short, sites } from '/admin/session.js';
import { t } from '/admin/words.js';

const kOutcomes = ['ham', 'unsure', 'spam', 'discard'];
const kHelp = ['word', 'phrase', 'field', 'address', 'score', 'date', 'reason', 'not'];
let open = false; // whether the controls are shown, from one search to the next

export function search_bar(view, { tab, q }) {
  const input = h('input', {
    type: 'search',
    id: 'q',
    name: 'q',
    value: q,
    placeholder: t('search.placeholder'),
    autocomplete: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
  });
  const search = (query) => {
    go(link('queue', { tab, q: query.trim() }));
    history.replaceState({ searched: true }, '');
  };
  const controls = h('div', { class: 'controls', id: 'controls', hidden: !open });
  const more = h(
    'button',
    { type: 'button', 'aria-expanded': String(open), 'aria-controls': 'controls' },
    t('search.filters'),
  );
  more.addEventListener('click', () => {
    open = !open;
    more.setAttribute('aria-expanded', String(open));
    controls.hidden = !open;
    if (open) fill_controls(view, controls, input, search);
  });
  if (open) fill_controls(view, controls, input, search);
  input.addEventListener('keydown', (event) => event.key === 'Escape' && input.blur());
  const form = h(
    'form',
    {
      class: 'search',
      role: 'search',
      onsubmit: (event) => {
        event.preventDefault();
        search(input.value);
      },
    },
    h('label', { for: 'q', class: 'visually-hidden' }, t('search.label')),
    input,
    h('button', { class: 'primary' }, t('search.button')),
    more,
  );
  return {
    element: h('div', { class: 'search-area' }, form, controls),
    focus: () => void (input.focus(), input.select()),
  };
}

function fill_controls(view, place, input, search) {
  if (place.firstChild) return;
  const q = input.value;
  const put = (name, value) => search(with_value(input.value, name, value));
  const [score_from, score_to] = range_of(value_of(q, 'score'));
  const [date_from, date_to] = range_of(value_of(q, 'date'));
  const site = select('site', [['', t('any')]], '', { onchange: (event) => put('site', event.target.value) });
  sites(view.signal).then(
    (all) => {
      site.append(...all.map((one) => h('option', { value: one.id }, short(one.url))));
      const wanted = value_of(q, 'site');
      site.value = all.find((one) => String(one.id) === wanted || short(one.url) === short(wanted))?.id ?? '';
    },
    () => null,
  );
  const reasons = h('datalist', { id: 'reasons' });
  get('/rules', {}, view.signal).then(
    ({ rules }) => reasons.append(...rules.map((rule) => h('option', { value: rule.id }, rule.sentence))),
    () => null,
  );
  const number = (value, label) =>
    h('input', {
      type: 'number',
      min: '0',
      max: '100',
      step: 'any',
      value: value === '' ? '' : String(Math.round(Number(value) * 1000) / 10),
      'aria-label': label,
    });
  const date = (value, label) => h('input', { type: 'date', value, 'aria-label': label });
  const [low, high] = [number(score_from, t('search.score_from')), number(score_to, t('search.score_to'))];
  const [since, until] = [date(date_from, t('search.date_from')), date(date_to, t('search.date_to'))];
  const share = (control) => (control.value === '' ? '' : String(Number(control.value) / 100));
  for (const control of [low, high])
    control.addEventListener('change', () => put('score', range(share(low), share(high))));
  for (const control of [since, until])
    control.addEventListener('change', () => put('date', range(since.value, until.value)));
  place.append(
    field(t('search.site'), site),
    field(
      t('search.outcome'),
      select(
        'outcome',
        [['', t('any')], ...kOutcomes.map((name) => [name, t(`outcome.${name}`)])],
        value_of(q, 'outcome'),
        { onchange: (event) => put('outcome', event.target.value) },
      ),
    ),
    field(
      t('search.reason'),
      h('input', {
        list: 'reasons',
        value: value_of(q, 'reason'),
        placeholder: 'links.many',
        onchange: (event) => put('reason', event.target.value.trim()),
      }),
    ),
    reasons,
    pair(t('search.score'), low, high),
    pair(t('search.date'), since, until),
    how(),
  );
}

function pair(label, from, to) {
  return h(
    'fieldset',
    { class: 'pair' },
    h('legend', null, label),
    from,
    h('span', { 'aria-hidden': 'true' }, '–'),
    to,
  );
}

function how() {
  return h(
    'details',
    { class: 'how' },
    h('summary', null, t('search.how')),
    h(
      'dl',
      null,
      kHelp.map((name) =>
        h(
          'div',
          null,
          h('dt', null, h('code', null, t(`search.how.${name}.term`))),
          h('dd', null, t(`search.how.${name}`)),
        ),
      ),
    ),
  );
}
