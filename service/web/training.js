// What reports taught, who reports, and the models: which is in force, how good each is, forward and back.
import { get, post } from '/admin/api.js';
import { chart } from '/admin/charts.js';
import { ask } from '/admin/dialog.js';
import { foreign, h } from '/admin/dom.js';
import { copyable, field } from '/admin/form.js';
import { fill } from '/admin/problem.js';
import { link } from '/admin/router.js';
import { may, short } from '/admin/session.js';
import { table, table_or } from '/admin/table.js';
import { time } from '/admin/time.js';
import { say } from '/admin/undo.js';
import { number, percent, t } from '/admin/words.js';

const kCounts = ['all', 'spam', 'ham', 'withdrawn', 'since_model'];

export async function training(view) {
  const place = h('div', { class: 'column' });
  view.main.append(view.title(t('nav.training')), h('p', { class: 'lead' }, t('training.lead')), place);
  const draw = () =>
    fill(
      place,
      () => get('/training', {}, view.signal),
      (answer) => [
        h(
          'section',
          { class: 'tiles', 'aria-label': t('training.reports') },
          kCounts.map((name) =>
            h(
              'div',
              { class: 'tile' },
              h('h2', null, t(`training.${name}`)),
              h('p', { class: 'figure' }, number(answer.reports[name])),
            ),
          ),
        ),
        models(view, answer, draw),
        errors(
          view,
          answer.models.find((model) => model.in_force),
        ),
        waiting(answer.waiting),
        reporters(answer.reporters),
        promotions(answer.promotions),
      ],
    );
  await draw();
}

function models(view, answer, draw) {
  const acts = may('owner') && answer.can_promote;
  const columns = [
    {
      name: t('model.name'),
      cell: (model) => [
        h('strong', null, foreign(model.id)),
        model.in_force && h('span', { class: 'label here' }, t('model.in_force')),
        model.base && h('span', { class: 'faint' }, t('model.base', { base: model.base })),
      ],
    },
    { name: t('model.made'), cell: (model) => (model.made_at ? time(model.made_at) : '–') },
    { name: t('model.reports'), class: 'number', cell: (model) => number(model.reports ?? 0) },
    { name: t('model.errors'), class: 'number', cell: at_threshold },
    {
      name: t('model.state'),
      cell: (model) =>
        model.damage
          ? h('span', { class: 'plus' }, t('model.damaged'), ' ', foreign(model.damage))
          : h('span', { class: 'faint' }, t('model.sound')),
    },
    acts && {
      name: t('column.actions'),
      class: 'actions',
      hidden: true,
      cell: (model) =>
        !model.in_force &&
        !model.damage &&
        h('button', { type: 'button', class: 'small', onclick: () => promote(model, draw) }, t('model.promote')),
    },
  ].filter(Boolean);
  return h(
    'section',
    { class: 'panel' },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', null, t('training.models')),
      acts && h('button', { type: 'button', class: 'small', onclick: () => roll_back(draw) }, t('model.rollback')),
    ),
    table(t('training.models'), columns, answer.models, { class: 'models' }),
    h('p', null, t('training.retrain')),
    answer.retrain && copyable(answer.retrain, t('training.retrain')),
    !answer.can_promote && h('p', { class: 'faint' }, t('training.fixed')),
  );
}

// What the model missed and blocked on comments it had not seen, at its own threshold for spam.
function at_threshold(model) {
  const wanted = model.thresholds?.spam;
  const nearest = (model.errors ?? []).reduce(
    (best, one) => (!best || Math.abs(one.threshold - wanted) < Math.abs(best.threshold - wanted) ? one : best),
    null,
  );
  if (!nearest || wanted === undefined) return h('span', { class: 'faint' }, '–');
  return [
    h('span', null, t('model.missed', { share: percent(nearest.missed) })),
    h('span', { class: 'faint' }, t('model.blocked', { share: percent(nearest.blocked) })),
  ];
}

function errors(view, model) {
  if (!model?.errors?.length) return null;
  const shown = model.errors;
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('errors.title')),
    h('p', { class: 'faint' }, t('errors.explain')),
    chart(view, {
      type: 'line',
      label: t('errors.title'),
      labels: shown.map((one) => percent(one.threshold)),
      percent: true,
      x: t('errors.threshold'),
      series: [
        { label: t('errors.missed'), colour: '--chart-ham', values: shown.map((one) => one.missed) },
        { label: t('errors.blocked'), colour: '--chart-spam', values: shown.map((one) => one.blocked), dash: true },
      ],
    }),
    h(
      'details',
      null,
      h('summary', null, t('as_table')),
      table(
        t('errors.title'),
        [
          { name: t('errors.threshold'), cell: (one) => percent(one.threshold) },
          { name: t('errors.missed'), class: 'number', cell: (one) => percent(one.missed) },
          { name: t('errors.blocked'), class: 'number', cell: (one) => percent(one.blocked) },
        ],
        shown,
        { class: 'compact' },
      ),
    ),
  );
}

function waiting(reports) {
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('waiting.title')),
    h('p', { class: 'faint' }, t('waiting.explain')),
    table_or(
      t('waiting.none'),
      t('waiting.title'),
      [
        { name: t('column.time'), cell: ({ report }) => time(report.at) },
        { name: t('waiting.report'), cell: ({ report }) => label(report) },
        { name: t('entry.site'), cell: ({ report }) => short(report.site?.url ?? '') },
        { name: t('reporters.who'), cell: ({ report }) => foreign(report.reporter || t('nobody')) },
        { name: t('column.comment'), cell: ({ report }) => comment_of(report) },
        { name: t('waiting.sites'), class: 'number', cell: (one) => t('waiting.of', { n: one.sites, of: one.of }) },
      ],
      reports,
    ),
  );
}

const label = (report) => h('span', { class: `label ${report.label}` }, t(`label.${report.label}`));

function comment_of(report) {
  return report.verdict_id && h('a', { href: link('comment', {}, report.verdict_id) }, t('waiting.comment'));
}

function reporters(all) {
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('reporters.title')),
    h('p', { class: 'faint' }, t('reporters.explain')),
    table_or(
      t('reporters.none'),
      t('reporters.title'),
      [
        { name: t('reporters.who'), cell: (one) => foreign(one.reporter || t('nobody')) },
        {
          name: t('entry.site'),
          cell: (one) => (typeof one.site === 'object' ? short(one.site?.url ?? '') : String(one.site)),
        },
        { name: t('reporters.agreed'), class: 'number', cell: (one) => number(one.agreed) },
        { name: t('reporters.disagreed'), class: 'number', cell: (one) => number(one.disagreed) },
        { name: t('reporters.trusted'), cell: (one) => t(one.trusted ? 'reporters.yes' : 'reporters.no') },
      ],
      all,
    ),
  );
}

function promotions(all) {
  if (!all?.length) return null;
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('promotions.title')),
    h(
      'ol',
      { class: 'timeline' },
      all
        .slice(-20)
        .reverse()
        .map((one) =>
          h(
            'li',
            null,
            one.at && time(one.at),
            h(
              'div',
              null,
              h('strong', null, foreign(one.to ?? one.model ?? one.id ?? '')),
              one.from && h('span', { class: 'faint' }, ` ← ${one.from}`),
              one.reason && h('p', null, foreign(one.reason)),
            ),
          ),
        ),
    ),
  );
}

async function with_reason(title, explain, button, path, draw) {
  const done = await ask({
    title,
    explain,
    button,
    fields: [
      field(t('reason'), h('input', { name: 'reason', required: true, maxlength: '500' }), t('model.reason_hint')),
    ],
    send: ({ reason }) => post(path, { reason }),
  });
  if (!done) return;
  say([h('strong', null, t('model.done'))]);
  await draw();
}

const promote = (model, draw) =>
  with_reason(
    t('model.promote.title', { model: model.id }),
    t('model.promote.explain'),
    t('model.promote'),
    `/models/${encodeURIComponent(model.id)}/promote`,
    draw,
  );
const roll_back = (draw) =>
  with_reason(t('model.rollback.title'), t('model.rollback.explain'), t('model.rollback'), '/models/rollback', draw);
