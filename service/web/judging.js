// What a person decides about comments: sent by id, said, undone. Screens show it from here, so that a row stays decided when one comes back to it.
import { post } from '/admin/api.js';
import { h } from '/admin/dom.js';
import { in_words } from '/admin/problem.js';
import { link } from '/admin/router.js';
import { who } from '/admin/session.js';
import { did, say } from '/admin/undo.js';
import { t } from '/admin/words.js';

const decided = new Map(); // verdict id -> {report, label, effect, told, at, by}, or null where it was withdrawn
const kMany = 200;

// The report that stands on a row: ours, or the one that came with it.
export function report_on(row) {
  return decided.has(row.id) ? decided.get(row.id) : row.report && { ...row.report, report: row.report.id };
}

// Calls back with the ids whenever some are decided, until `signal` ends.
export function on_decided(signal, tell) {
  addEventListener('winnow:decided', (event) => tell(event.detail), { signal });
}

function decide(entries) {
  for (const [id, report] of entries) decided.set(id, report);
  dispatchEvent(new CustomEvent('winnow:decided', { detail: entries.map(([id]) => id) }));
}

// Reports `rows`, which the person sees, as `label`. Resolves true where all were taken.
export async function judge(rows, label, everywhere = false) {
  const before = new Map(rows.map((row) => [row.id, report_on(row)]));
  let answer;
  try {
    answer = await post('/verdicts/reports', {
      ids: rows.map((row) => row.id).slice(0, kMany),
      label,
      ...(everywhere && { everywhere }),
    });
  } catch (error) {
    say(
      [h('strong', null, t('judged.failed')), ' ', in_words(error)],
      error.passing && (() => judge(rows, label, everywhere)),
      t('retry'),
    );
    return false;
  }
  const good = answer.results.filter((result) => !result.error);
  const now = new Date().toISOString();
  decide(
    good.map((result) => [
      result.verdict,
      { report: result.report, label, effect: result.effect, told: result.told, at: now, by: who().name },
    ]),
  );
  did(
    said(answer, good, label),
    good.length
      ? () => withdraw(good.map((result) => [result.verdict, result.report, before.get(result.verdict)]))
      : null,
  );
  return good.length === answer.results.length;
}

// [[verdict, report, what stood there before]]
export async function withdraw(reports) {
  const answer = await post('/reports/withdraw', { ids: reports.map(([, report]) => report) });
  const gone = new Set(answer.results.filter((result) => result.withdrawn).map((result) => result.id));
  decide(reports.filter(([, report]) => gone.has(report)).map(([verdict, , before]) => [verdict, before ?? null]));
  const kept = answer.results.filter((result) => !result.withdrawn);
  return [
    gone.size > 0 && t('withdrawn', { n: gone.size }),
    gone.size > 0 && answer.in_force === false && ` ${t('withdrawn.soon')}`,
    kept.length > 0 && ` ${t('withdrawn.not', { n: kept.length })} ${kept[0].error ?? ''}`,
  ];
}

function said(answer, good, label) {
  const wrong = answer.results.filter((result) => result.error);
  const effects = [...new Set(good.map((result) => result.effect))];
  const told = good.filter((result) => result.told).length;
  const alike = answer.alike;
  return [
    good.length > 0 && h('strong', null, t(`judged.${label}`, { n: good.length })),
    good.length > 0 && effects.map((effect) => ` ${t(`effect.${effect}`)}`),
    told > 0 && ` ${t('judged.told', { n: told })}`,
    wrong.length > 0 && h('p', { class: 'plus' }, t('judged.refused', { n: wrong.length }), ' ', wrong[0].error),
    alike?.count > 0 &&
      h(
        'p',
        null,
        t(`alike.${alike.outcome}`, { n: alike.count }),
        ' ',
        h('a', { href: link('queue', { tab: 'all', q: alike.q }) }, t('alike.review')),
      ),
  ];
}
