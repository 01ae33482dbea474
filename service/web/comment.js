// One comment: why it is where it is, what the buttons do, and everything that is known about it.
import { get } from '/admin/api.js';
import { foreign, h } from '/admin/dom.js';
import { alike_part, links_part, reasons_part } from '/admin/explanation.js';
import { judge, on_decided, report_on, withdraw } from '/admin/judging.js';
import { shortcuts } from '/admin/list_entry.js';
import { text_part } from '/admin/marked_text.js';
import { fill, in_words } from '/admin/problem.js';
import { in_short } from '/admin/pseudonym.js';
import { go, link } from '/admin/router.js';
import { may, short } from '/admin/session.js';
import { full, time } from '/admin/time.js';
import { timeline } from '/admin/timeline.js';
import { say } from '/admin/undo.js';
import { author, band, excerpt, is_spam, known, outcome, points_of } from '/admin/verdict.js';
import { percent, t } from '/admin/words.js';

const kFields = [
  'author',
  'author_email',
  'author_url',
  'user_ip',
  'user_agent',
  'referrer',
  'permalink',
  'post_title',
  'type',
  'user_role',
  'parent',
  'honeypot',
  'accept_language',
];

export async function comment(view, route) {
  const back = h(
    'a',
    {
      href: link('queue'),
      class: 'back',
      onclick: (event) => {
        if (!history.state?.from_queue) return;
        event.preventDefault();
        history.back();
      },
    },
    `← ${t('comment.back')}`,
  );
  const place = h('div', { class: 'comment' });
  view.main.append(back, view.title(t('comment.title')), place);
  const load = () => get(`/verdicts/${encodeURIComponent(route.id)}`, {}, view.signal);
  const draw = () =>
    fill(place, load, (one) => {
      const try_it = link('try', { like: one.id });
      view.keys({
        ...(may('moderator') && {
          s: { does: 'keys.spam', run: () => void judge([one], 'spam') },
          a: { does: 'keys.ham', run: () => void judge([one], 'ham') },
        }),
        t: { does: 'keys.try', run: () => go(try_it) },
        Backspace: { does: 'keys.back', shown: '⌫', run: () => back.click() },
      });
      return h(
        'div',
        { class: 'column' },
        h('div', { class: 'two' }, head(one), decision(one, try_it)),
        h(
          'div',
          { class: 'two' },
          h(
            'div',
            { class: 'column' },
            text_part(one.explanation),
            links_part(one.links, one.link_count),
            alike_part(one.alike),
            history_part(one),
          ),
          h(
            'div',
            { class: 'column' },
            reasons_part(one.reasons, one),
            may('moderator') && shortcuts(one),
            timeline(one.timeline),
            fields_part(one),
          ),
        ),
      );
    });
  on_decided(view.signal, (ids) => ids.includes(route.id) && draw());
  await draw();
}

// The answer to "why is this here", before anything else.
function head(one) {
  const pulled = one.reasons
    .filter((reason) => reason.points > 0 === (is_spam(one.outcome) || one.outcome === 'unsure'))
    .slice(0, 3);
  return h(
    'section',
    { class: 'panel head' },
    h('p', { class: 'headline' }, outcome(one.outcome), ' ', band(one)),
    one.is_test && h('p', { class: 'notice' }, t('comment.is_test')),
    one.text_deleted_at && h('p', { class: 'notice' }, t('comment.text_deleted'), ' ', time(one.text_deleted_at)),
    h('p', { class: 'because' }, t(`because.${one.outcome}`)),
    h(
      'ul',
      { class: 'reasons' },
      (pulled.length ? pulled : one.reasons.slice(0, 3)).map((reason) =>
        h('li', null, points_of(reason.points), ' ', foreign(reason.detail || reason.signal)),
      ),
    ),
    h(
      'p',
      { class: 'byline' },
      author(one),
      h('span', { class: 'faint' }, t('comment.on')),
      ' ',
      h('span', null, short(one.site.url)),
      ' ',
      time(one.at),
    ),
  );
}

// What the person can do here, and what each button will do.
function decision(one, try_it) {
  const report = report_on(one);
  const choice = (label) => {
    const changes = label === 'ham' ? one.outcome !== 'ham' : !is_spam(one.outcome);
    const stands = report?.label === label;
    return h(
      'div',
      { class: 'choice' },
      h(
        'button',
        {
          type: 'button',
          class: `${label} ${changes && !report ? 'changes' : ''}`,
          disabled: stands,
          'aria-describedby': `will-${label}`,
          onclick: () => judge([one], label),
        },
        t(`act.${label}`),
        h('kbd', { 'aria-hidden': 'true' }, label === 'ham' ? 'a' : 's'),
      ),
      h(
        'p',
        { class: 'hint', id: `will-${label}` },
        stands ? t('will.stands') : t(changes ? `will.${label}` : `will.${label}.same`),
      ),
    );
  };
  return h(
    'section',
    { class: 'panel decision' },
    h('h2', null, t('decision.title')),
    report && stands_part(one, report),
    may('moderator') ? [choice('ham'), choice('spam')] : h('p', { class: 'faint' }, t('decision.viewer')),
    today(one),
    h('p', null, h('a', { class: 'button', href: try_it }, t('comment.try'), h('kbd', { 'aria-hidden': 'true' }, 't'))),
  );
}

function stands_part(one, report) {
  const back = () =>
    withdraw([[one.id, report.report, null]]).then(
      (words) => say(words),
      (error) => say([in_words(error)]),
    );
  return h(
    'div',
    { class: 'stands' },
    h(
      'p',
      null,
      h('strong', null, t(`done.${report.label}`)),
      ' ',
      h('span', { class: 'faint' }, report.by && [t('by'), ' ', foreign(report.by), ' '], time(report.at)),
      report.effect && h('span', { class: 'effect' }, t(`effect.${report.effect}`)),
      report.told && h('span', { class: 'effect' }, t('will.told')),
    ),
    may('moderator') &&
      h(
        'button',
        { type: 'button', class: 'small', onclick: back },
        t('withdraw'),
        h('kbd', { 'aria-hidden': 'true' }, 'u'),
      ),
  );
}

// "Then" and "today": whether the filter has learned since.
function today(one) {
  const line = (name, verdict) =>
    h('div', null, h('dt', null, name), h('dd', null, outcome(verdict.outcome), ' ', percent(verdict.score)));
  return h('dl', { class: 'then-today' }, line(t('then'), one), line(t('today'), one.today));
}

function fields_part(one) {
  const given = kFields.filter((name) => one.comment[name]);
  return h(
    'details',
    { class: 'panel' },
    h('summary', null, h('h2', null, t('fields.title'))),
    h(
      'dl',
      { class: 'fields' },
      given.map((name) =>
        h('div', null, h('dt', null, t(`field.${name}`)), h('dd', null, foreign(in_short(one.comment[name])))),
      ),
      h('div', null, h('dt', null, t('field.at')), h('dd', null, full(one.at))),
      h('div', null, h('dt', null, t('field.id')), h('dd', null, h('code', null, one.id))),
    ),
  );
}

function history_part(one) {
  const past = one.author_history;
  const rows = (past?.verdicts ?? []).filter((row) => row.id !== one.id);
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('history.title')),
    past &&
      h(
        'p',
        { class: 'faint' },
        t(`history.by.${past.by}`),
        ' ',
        known({ author_ham: past.ham, author_spam: past.spam }),
      ),
    rows.length
      ? h(
          'ul',
          { class: 'past' },
          rows.map((row) =>
            h(
              'li',
              null,
              outcome(row.outcome),
              time(row.at),
              h('a', { href: link('comment', {}, row.id), class: 'excerpt-line', dir: 'auto' }, excerpt(row)),
            ),
          ),
        )
      : h('p', null, t('history.none')),
  );
}
