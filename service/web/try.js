// Try a text: judged and explained as a comment would be, and stored nowhere.
import { get, post } from '/admin/api.js';
import { h } from '/admin/dom.js';
import { alike_part, links_part, reasons_part } from '/admin/explanation.js';
import { field, select } from '/admin/form.js';
import { failure, fill, in_words } from '/admin/problem.js';
import { text_part } from '/admin/marked_text.js';
import { is_pseudonym } from '/admin/pseudonym.js';
import { link } from '/admin/router.js';
import { short, sites } from '/admin/session.js';
import { nothing } from '/admin/table.js';
import { band, outcome, reason } from '/admin/verdict.js';
import { t } from '/admin/words.js';

const kInputs = ['author', 'author_email', 'author_url', 'user_ip', 'permalink'];
// A stored comment is tried again with all that the form does not show, but what only its first check had.
const kDropped = ['blog', 'recheck_reason'];

export async function try_text(view, route) {
  const place = h('div', { class: 'two' });
  view.main.append(view.title(t('nav.try')), h('p', { class: 'lead' }, t('try.lead')), place);
  const ask = async () => [
    await sites(view.signal),
    route.params.like ? await get(`/verdicts/${encodeURIComponent(route.params.like)}`, {}, view.signal) : null,
  ];
  await fill(place, ask, ([all, like]) => {
    if (!all.length) return nothing(t('try.no_site'), h('a', { href: link('sites') }, t('nav.sites')));
    const result = h('div', { class: 'column', 'aria-live': 'polite' }, nothing(t('try.nothing')));
    const form = form_for(all, like, result);
    if (like) judge_now(form, like.comment, result);
    return [
      h(
        'div',
        { class: 'column' },
        like &&
          h(
            'p',
            { class: 'notice' },
            t('try.like'),
            ' ',
            h('a', { href: link('comment', {}, like.id) }, t('try.back')),
          ),
        form,
      ),
      result,
    ];
  });
}

function form_for(all, like, result) {
  const value = (name) => (is_pseudonym(like?.comment[name]) ? '' : (like?.comment[name] ?? ''));
  const form = h(
    'form',
    {
      class: 'panel stack',
      onsubmit: (event) => {
        event.preventDefault();
        judge_now(form, like?.comment ?? {}, result);
      },
    },
    field(
      t('try.site'),
      select(
        'site',
        all.map((site) => [site.id, short(site.url)]),
        like?.site.id ?? all[0].id,
      ),
    ),
    field(t('try.content'), h('textarea', { name: 'content', rows: '8', dir: 'auto', value: value('content') })),
    h(
      'div',
      { class: 'side' },
      kInputs.map((name) => field(t(`field.${name}`), h('input', { name, value: value(name), autocomplete: 'off' }))),
    ),
    h('button', { class: 'primary' }, t('try.button')),
  );
  return form;
}

async function judge_now(form, base, place) {
  const { site, ...given } = Object.fromEntries(new FormData(form));
  const comment = Object.fromEntries(
    Object.entries({ ...base, ...given }).filter(([name, value]) => value?.length && !kDropped.includes(name)),
  );
  place.setAttribute('aria-busy', 'true');
  try {
    const answer = await post('/try', { site: Number(site), comment });
    place.replaceChildren(
      ...[
        head(answer),
        text_part(answer.explanation),
        reasons_part(answer.reasons, answer),
        links_part(answer.links),
        alike_part(answer.alike),
      ].filter(Boolean),
    );
  } catch (error) {
    place.replaceChildren(
      error.passing
        ? failure(error, () => judge_now(form, base, place))
        : h('p', { class: 'failure' }, in_words(error)),
    );
    form.elements[error.field]?.focus();
  } finally {
    place.removeAttribute('aria-busy');
  }
}

function head(answer) {
  return h(
    'section',
    { class: 'panel head' },
    h('h2', { class: 'visually-hidden' }, t('try.result')),
    h('p', { class: 'headline' }, outcome(answer.outcome), ' ', band(answer)),
    h('p', { class: 'because' }, t(`would.${answer.outcome}`)),
    h('ul', { class: 'reasons' }, answer.reasons.slice(0, 3).map(reason)),
  );
}
