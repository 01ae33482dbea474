// The rules: what each says, what it weighs, how often it spoke and how often it was right.
import { get, post } from '/admin/api.js';
import { foreign, h } from '/admin/dom.js';
import { field, select } from '/admin/form.js';
import { fill, in_words } from '/admin/problem.js';
import { go, link } from '/admin/router.js';
import { may } from '/admin/session.js';
import { table_or } from '/admin/table.js';
import { did, say } from '/admin/undo.js';
import { points_of } from '/admin/verdict.js';
import { number, percent, t } from '/admin/words.js';

const kOrders = {
  hits: (a, b) => b.hits - a.hits,
  points: (a, b) => Math.abs(b.points) - Math.abs(a.points),
  right: (a, b) => (right(a)?.share ?? 2) - (right(b)?.share ?? 2),
  id: (a, b) => a.id.localeCompare(b.id),
};
const kDays = [7, 30, 90, 365];

export async function rules(view, route) {
  const { days = '30', order = 'hits', find = '' } = route.params;
  const place = h('div');
  const change = (changed) => go(link('rules', { days, order, find, ...changed }), true);
  view.main.append(
    view.title(t('nav.rules')),
    h('p', { class: 'lead' }, t('rules.lead')),
    h(
      'div',
      { class: 'tools' },
      field(
        t('rules.find'),
        h('input', { type: 'search', value: find, onchange: (event) => change({ find: event.target.value }) }),
      ),
      field(
        t('rules.order'),
        select(
          'order',
          Object.keys(kOrders).map((name) => [name, t(`rules.order.${name}`)]),
          order,
          { onchange: (event) => change({ order: event.target.value }) },
        ),
      ),
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
    () => get('/rules', { days }, view.signal),
    (answer) => {
      const wanted = find.toLowerCase();
      const found = answer.rules
        .filter((rule) => `${rule.id} ${rule.sentence}`.toLowerCase().includes(wanted))
        .sort(kOrders[order] ?? kOrders.hits);
      return table_or(t('rules.none'), t('nav.rules'), columns(), found, {
        class: 'rules',
        row_attributes: (rule) => ({ class: rule.on ? '' : 'off' }),
      });
    },
  );
}

// Of the comments that people reported, how many were of the kind that the rule's points say.
function right(rule) {
  const reported = rule.reported_spam + rule.reported_ham;
  if (reported)
    return {
      share: (rule.points >= 0 ? rule.reported_spam : rule.reported_ham) / reported,
      n: reported,
      of: 'reported',
    };
  const held = rule.held_out;
  if (!held || !(held.spam + held.ham)) return null;
  return {
    share: (rule.points >= 0 ? held.spam : held.ham) / (held.spam + held.ham),
    n: held.spam + held.ham,
    of: 'held_out',
  };
}

function columns() {
  return [
    {
      name: t('rules.sentence'),
      class: 'sentence',
      cell: (rule) => [foreign(rule.sentence), h('code', { class: 'faint' }, rule.id)],
    },
    { name: t('rules.points'), class: 'number', cell: (rule) => points_of(rule.points) },
    { name: t('rules.source'), cell: (rule) => h('span', { class: 'faint' }, t(`rules.source.${rule.source}`)) },
    {
      name: t('rules.hits'),
      class: 'number',
      cell: (rule) =>
        rule.hits ? h('a', { href: link('queue', { tab: 'all', q: `reason:${rule.id}` }) }, number(rule.hits)) : '0',
    },
    { name: t('rules.right'), class: 'number', cell: share },
    { name: t('rules.on'), class: 'onoff', cell: (rule) => (may('owner') ? toggle(rule) : t(rule.on ? 'on' : 'off')) },
  ];
}

function share(rule) {
  const known = right(rule);
  if (!known) return h('span', { class: 'faint' }, '–');
  return [percent(known.share), ' ', h('span', { class: 'faint' }, t(`rules.of.${known.of}`, { n: known.n }))];
}

function toggle(rule) {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'switch',
      role: 'switch',
      'aria-checked': String(rule.on),
      'aria-label': t('rules.switch', { rule: rule.id }),
    },
    t(rule.on ? 'on' : 'off'),
  );
  const set = async (on) => {
    await post(`/rules/${encodeURIComponent(rule.id)}`, { on });
    rule.on = on;
    button.setAttribute('aria-checked', String(on));
    button.textContent = t(on ? 'on' : 'off');
    button.closest('tr')?.classList.toggle('off', !on);
  };
  button.addEventListener('click', async () => {
    const on = !rule.on;
    try {
      await set(on);
      did([h('strong', null, t(on ? 'rules.now_on' : 'rules.now_off', { rule: rule.id }))], () => set(!on));
    } catch (error) {
      say([in_words(error)]);
    }
  });
  return button;
}
