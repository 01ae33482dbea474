// The first run, in three steps: an account, a site with its key, and the proof that the first check arrived.
import { get, post } from '/admin/api.js';
import { h } from '/admin/dom.js';
import { copyable, field } from '/admin/form.js';
import { in_words } from '/admin/problem.js';
import { link } from '/admin/router.js';
import { author, band, outcome, reason } from '/admin/verdict.js';
import { t } from '/admin/words.js';

const kPoll = 2000;

// With `entered`, the set-up code is exchanged for the first account; without, the person is there and the site comes.
export function first_run(view, route, entered) {
  const place = h('div', { class: 'steps-body' });
  const steps = h(
    'ol',
    { class: 'steps' },
    [1, 2, 3].map((n) => h('li', null, t(`start.step.${n}`))),
  );
  const at = (n, ...content) => {
    [...steps.children].forEach((step, i) => {
      step.className = i + 1 < n ? 'past' : '';
      if (i + 1 === n) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
    });
    place.replaceChildren(...content.flat().filter(Boolean));
  };
  const box = h(
    'div',
    { class: entered ? 'door-box wide' : 'panel wide' },
    entered && h('p', { class: 'brand' }, 'winnow'),
    view.title(t('start.title')),
    steps,
    place,
  );
  view.main.append(box);
  if (entered) at(1, account(route.id, entered));
  else
    at(
      2,
      site((made) => at(3, key_and_proof(view, made))),
    );
}

function form(button, fields, send) {
  const said = h('p', { class: 'said', role: 'alert' });
  const ok = h('button', { class: 'primary' }, button);
  const element = h(
    'form',
    {
      class: 'stack',
      onsubmit: async (event) => {
        event.preventDefault();
        ok.disabled = true;
        said.textContent = '';
        try {
          await send(Object.fromEntries(new FormData(element)));
        } catch (error) {
          said.textContent =
            error.status === 403
              ? t('start.wrong_code')
              : error.status === 409 && !element.elements.url
                ? t('start.done_before')
                : in_words(error);
        } finally {
          ok.disabled = false;
        }
      },
    },
    fields,
    said,
    ok,
  );
  return element;
}

function account(code, entered) {
  return [
    h('p', null, t('start.account')),
    form(
      t('start.next'),
      [
        field(
          t('name'),
          h('input', {
            name: 'name',
            required: true,
            autocomplete: 'username',
            autocapitalize: 'none',
            spellcheck: 'false',
          }),
        ),
        field(
          t('password'),
          h('input', {
            name: 'password',
            type: 'password',
            required: true,
            minlength: '10',
            maxlength: '1000',
            autocomplete: 'new-password',
          }),
          t('password.hint'),
        ),
      ],
      async (values) => entered(await post('/setup', { code, ...values })),
    ),
  ];
}

function site(next) {
  return [
    h('p', null, t('start.site')),
    form(
      t('start.make_key'),
      [
        field(
          t('sites.url'),
          h('input', { name: 'url', type: 'url', required: true, placeholder: 'https://blog.example.org' }),
          t('start.site_hint'),
        ),
      ],
      async ({ url }) => {
        const made = await post('/sites', { url }).catch(async (error) => {
          if (error.status !== 409) throw error;
          const known = (await get('/sites')).sites.find(
            (one) => one.url.replace(/\/$/, '') === url.replace(/\/$/, ''),
          );
          if (!known) throw error;
          return known;
        });
        const key = await post('/keys', { sites: [made.id], kind: 'akismet' });
        next({ site: made, key: key.key });
      },
    ),
  ];
}

// A line for a shell: `text` within single quotes.
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function key_and_proof(view, { site: made, key }) {
  const curl = `curl -d api_key=${key} -d blog=${quoted(made.url)} -d user_ip=203.0.113.7 -d comment_author=Anna --data-urlencode comment_content=${quoted(t('start.sample'))} ${location.origin}/1.1/comment-check`;
  const proof = h('div', { class: 'proof', role: 'status' }, h('p', { class: 'waiting' }, t('start.waiting')));
  watch(view, made, proof);
  return [
    h('h2', null, t('start.key')),
    h('p', null, t('keys_of.once')),
    copyable(key, t('keys_of.key')),
    h('h2', null, t('start.try')),
    h('p', null, t('start.curl')),
    copyable(curl, 'curl'),
    h('h2', null, t('start.wordpress')),
    h('p', null, t('start.wordpress.how')),
    copyable(`define('WINNOW_URL', '${location.origin}');`, 'wp-config.php'),
    h('h2', null, t('start.proof')),
    proof,
  ];
}

function watch(view, made, place) {
  const look = async () => {
    const answer = await get('/verdicts', { q: `site:${made.id}`, limit: 1 }, view.signal).catch(() => null);
    const row = answer?.verdicts[0];
    if (view.signal.aborted) return;
    if (!row) return void setTimeout(look, kPoll);
    place.replaceChildren(
      h('p', { class: 'big' }, `✓ ${t('start.arrived')}`),
      h('p', { class: 'byline' }, author(row), ' ', outcome(row.outcome), ' ', band(row)),
      h('p', { class: 'excerpt-line', dir: 'auto' }, row.excerpt),
      h('ul', { class: 'reasons' }, row.reasons.map(reason)),
      h('a', { class: 'button primary', href: link('queue', { tab: 'all' }) }, t('start.to_queue')),
    );
  };
  look();
}
