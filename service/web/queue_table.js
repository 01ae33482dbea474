// The rows of the queue: what was written, why it is here, and the buttons that put it right.
import { post } from '/admin/api.js';
import { ask } from '/admin/dialog.js';
import { address, h } from '/admin/dom.js';
import { field } from '/admin/form.js';
import { judge, on_decided, report_on, withdraw } from '/admin/judging.js';
import { in_words } from '/admin/problem.js';
import { go, link } from '/admin/router.js';
import { may, short } from '/admin/session.js';
import { selection } from '/admin/selection.js';
import { table } from '/admin/table.js';
import { time } from '/admin/time.js';
import { did, say } from '/admin/undo.js';
import { author, band, excerpt, hosts, is_spam, outcome, reason } from '/admin/verdict.js';
import { t } from '/admin/words.js';

let last_open = ''; // the row that was opened, which has the focus again when one comes back

export function queue_table(view, rows, { after_bulk }) {
  const chosen = may('moderator') ? selection(rows) : null;
  const columns = [
    chosen && { name: t('column.select'), class: 'select', head: chosen.all_box, cell: chosen.box },
    { name: t('column.time'), class: 'when', cell: (row) => time(row.at) },
    { name: t('column.page'), class: 'page', cell: where },
    { name: t('column.author'), class: 'who', cell: author },
    { name: t('column.comment'), class: 'text', cell: text },
    { name: t('column.verdict'), class: 'verdict', cell: (row) => [outcome(row.outcome), band(row)] },
    {
      name: t('column.why'),
      class: 'why',
      cell: (row) => h('ul', { class: 'reasons' }, row.reasons.slice(0, 2).map(reason)),
    },
    may('moderator') && { name: t('column.actions'), class: 'actions', hidden: true, cell: actions },
  ].filter(Boolean);
  const element = table(t('nav.queue'), columns, rows, {
    class: 'rows',
    row_attributes: (row) => ({ id: `row-${row.id}`, tabindex: '-1', class: state(row) }),
  });
  const at = (row) => element.querySelector(`#row-${CSS.escape(row.id)}`);
  const focused = () => rows.find((row) => at(row) === document.activeElement?.closest('tr'));
  if (rows.length) at(rows[0]).tabIndex = 0;

  const redraw = (ids) =>
    rows
      .filter((row) => ids.includes(row.id))
      .forEach((row) => {
        const line = at(row);
        const had_focus = line.contains(document.activeElement);
        line.className = state(row);
        const cell = line.querySelector('td.actions');
        cell?.replaceChildren(...[actions(row)].flat());
        if (had_focus && !line.contains(document.activeElement)) line.focus({ preventScroll: true });
      });
  on_decided(view.signal, redraw);

  const focus = (row) => {
    element.querySelector('tr[tabindex="0"]')?.setAttribute('tabindex', '-1');
    at(row).tabIndex = 0;
    at(row).focus({ preventScroll: true });
    at(row).scrollIntoView({ block: 'nearest' });
  };
  const picked = () => (chosen?.rows().length ? chosen.rows() : [focused()].filter(Boolean));
  const bar =
    chosen &&
    bulk_bar(
      chosen,
      () => after_bulk(),
      (ids) => ids.forEach((id) => at({ id })?.remove()),
    );
  return {
    element: h('div', { class: 'rows-and-bar' }, element, bar),
    newest: () => Math.max(0, ...rows.map((row) => row.seq)),
    async judge(label) {
      const those = picked();
      if (!those.length) return;
      chosen.clear();
      await judge(those, label);
    },
    toggle: () => focused() && chosen.toggle(focused()),
    move(by) {
      const from = focused();
      const next = from ? rows.indexOf(from) + by : 0;
      if (rows[next]) focus(rows[next]);
    },
    open: () => (focused() ? open(focused()) : false),
    focus_last() {
      const row = rows.find((one) => one.id === last_open);
      if (row) focus(row);
    },
  };
}

function open(row) {
  last_open = row.id;
  history.replaceState({ back: true }, '');
  go(link('comment', {}, row.id));
  history.replaceState({ from_queue: true }, '');
}

function state(row) {
  const report = report_on(row);
  return report ? `decided ${report.label}` : '';
}

function where(row) {
  const path = row.page.replace(/^https?:\/\/[^/]*/, '') || '/';
  return [
    h('span', { class: 'site' }, address(short(row.site.url))),
    row.page && address(path, { class: 'faint', title: row.page }),
  ];
}

function text(row) {
  const href = link('comment', {}, row.id);
  const opened = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(row);
  };
  return [h('a', { href, class: 'excerpt', dir: 'auto', onclick: opened }, excerpt(row)), hosts(row)];
}

// The button that would change the verdict stands first; the other one says that it was right.
function actions(row) {
  const report = report_on(row);
  if (report)
    return [
      h(
        'p',
        { class: 'done' },
        h('strong', null, t(`done.${report.label}`)),
        report.effect && h('span', { class: 'faint' }, t(`effect.${report.effect}.short`)),
      ),
      undo(row, report),
    ];
  const button = (label, changes) =>
    h(
      'button',
      {
        type: 'button',
        class: `small ${label} ${changes ? 'changes' : ''}`,
        title: t(`act.${label}.title`),
        onclick: () => judge([row], label),
      },
      t(`act.${label}`),
    );
  return is_spam(row.outcome)
    ? [button('ham', true), button('spam', false)]
    : row.outcome === 'unsure'
      ? [button('spam', true), button('ham', true)]
      : [button('spam', true), button('ham', false)];
}

function undo(row, report) {
  const run = () =>
    withdraw([[row.id, report.report, null]]).then(
      (words) => say(words),
      (error) => say([in_words(error)]),
    );
  return h('button', { type: 'button', class: 'small', onclick: run }, t(report.effect ? 'undo' : 'withdraw'));
}

function bulk_bar(chosen, after, gone) {
  const count = h('strong', { 'aria-live': 'polite' });
  const everywhere = h('input', { type: 'checkbox', id: 'everywhere' });
  const run = async (label) => {
    const those = chosen.rows();
    chosen.clear();
    await judge(those, label, everywhere.checked);
    after();
  };
  const bar = h(
    'section',
    { class: 'bulk', hidden: true, 'aria-label': t('bulk.label') },
    count,
    h('button', { type: 'button', class: 'spam', onclick: () => run('spam') }, t('act.spam')),
    h('button', { type: 'button', class: 'ham', onclick: () => run('ham') }, t('act.ham')),
    may('owner') &&
      h(
        'span',
        { class: 'check', title: t('bulk.everywhere.title') },
        everywhere,
        h('label', { for: 'everywhere' }, t('bulk.everywhere')),
      ),
    may('owner') &&
      h(
        'button',
        { type: 'button', class: 'quiet', onclick: () => destroy(chosen, gone).then(after) },
        t('bulk.delete'),
      ),
    h('button', { type: 'button', class: 'quiet', onclick: chosen.clear }, t('bulk.clear')),
  );
  chosen.on_change((n) => {
    bar.hidden = n === 0;
    count.textContent = t('bulk.count', { n });
  });
  return bar;
}

function destroy(chosen, gone) {
  const ids = chosen.rows().map((row) => row.id);
  return ask({
    title: t('delete.title', { n: ids.length }),
    explain: t('delete.explain'),
    danger: true,
    button: t('delete.button', { n: ids.length }),
    fields: [field(t('reason'), h('input', { name: 'reason', maxlength: '200' }), t('delete.reason_hint'))],
    send: async ({ reason: why }) => {
      const answer = await post('/verdicts/delete', { ids, reason: why });
      chosen.clear();
      gone(ids);
      did([t('deleted', { n: answer.deleted })], null);
    },
  });
}
