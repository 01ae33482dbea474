// The queue: what waits for a person, what was blocked, what went through, and the search over all of it.
import { get } from '/admin/api.js';
import { h } from '/admin/dom.js';
import { judge, on_decided } from '/admin/judging.js';
import { fill, quietly } from '/admin/problem.js';
import { search_bar } from '/admin/queue_search.js';
import { queue_table } from '/admin/queue_table.js';
import { go, link } from '/admin/router.js';
import { may } from '/admin/session.js';
import { pager } from '/admin/table.js';
import { number, t } from '/admin/words.js';

export const kTabs = ['unsure', 'spam', 'ham', 'discard', 'reported', 'all'];
const kPoll = 20000;
const kRows = 50;
const kAgain = 40; // times that a search is asked to go on, a tenth of a second each
let kept = null; // {hash, page, at}: the page as it was, for who comes back from a comment

export async function queue(view, route) {
  const tab = kTabs.includes(route.params.tab) ? route.params.tab : 'unsure';
  const { q = '', before = '' } = route.params;
  const hash = link('queue', { tab, q, before });
  const place = h('div', { class: 'queue' });
  const fresh = h('div', { class: 'fresh', 'aria-live': 'polite' });
  const tabs = h('nav', { class: 'tabs', 'aria-label': t('queue.tabs') });
  const search = search_bar(view, { tab, q });
  const said = h('p', { class: 'visually-hidden', role: 'status' });
  view.main.append(view.title(t('nav.queue')), search.element, tabs, fresh, said, place);
  const coming_back = kept?.hash === hash && history.state?.back;
  const page = coming_back ? kept.page : null;
  kept = null;

  const counts = counted(view, tabs, { tab, q });
  let list = null;
  view.keys(queue_keys(() => list, tab, q, search));
  await fill(
    place,
    () => page ?? ask(view, { tab, q, before }),
    (answer) => {
      if (elsewhere(answer, { tab, q, before }, history.state?.searched)) return null;
      kept = { hash, page: answer };
      said.textContent = t('queue.shown', { n: answer.verdicts.length });
      list = queue_table(view, answer.verdicts, { after_bulk: () => counted(view, tabs, { tab, q }) });
      const older = answer.next && link('queue', { tab, q, before: answer.next });
      const pages = pager(older, before && link('queue', { tab, q }));
      const indexing = answer.indexing && h('p', { class: 'notice' }, t('queue.indexing'));
      if (answer.verdicts.length) return [indexing, list.element, pages];
      // A search stops after a while; it goes on behind where it stopped.
      return [indexing, older ? h('p', { class: 'nothing' }, t('queue.search_on')) : empty(tab, q, counts), pages];
    },
  );
  if (page && list) list.focus_last();
  on_decided(view.signal, () => counted(view, tabs, { tab, q }));
  if (!before && !view.signal.aborted) watch(view, fresh, { tab, q }, () => list?.newest() ?? 0);
}

// A search that takes long stops with fewer rows than it might have, and goes on from there when asked again.
async function ask(view, query) {
  const page = (before, limit) => get('/verdicts', { ...query, before, limit }, view.signal);
  let answer = await page(query.before, kRows);
  const { verdicts } = answer;
  for (let again = 0; answer.next && verdicts.length < kRows && again < kAgain; ++again) {
    answer = await page(answer.next, kRows - verdicts.length);
    verdicts.push(...answer.verdicts);
  }
  return { ...answer, verdicts };
}

// Who searched in a tab that has nothing is shown all tabs.
function elsewhere(answer, { tab, q, before }, searched) {
  if (answer.verdicts.length || answer.next || !searched || !q || before || tab === 'all') return false;
  go(link('queue', { tab: 'all', q }), true);
  return true;
}

async function counted(view, tabs, { tab, q }) {
  const draw = (counts, most, complete = true) =>
    tabs.replaceChildren(
      ...kTabs.map((name, i) => {
        const count = counts?.[name];
        return h(
          'a',
          {
            href: link('queue', { tab: name, q }),
            'aria-current': name === tab && 'page',
            title: i < 5 && String(i + 1),
          },
          t(`tab.${name}`),
          count !== undefined &&
            h('span', { class: 'count' }, !complete || count >= most ? `${number(count)}+` : number(count)),
        );
      }),
    );
  if (!tabs.firstChild) draw();
  const ask = () => get('/verdicts/counts', { q }, view.signal);
  const answer = await quietly(tabs, ask, () => counted(view, tabs, { tab, q }));
  if (answer) draw(answer.counts, answer.most, answer.complete);
  return answer?.counts ?? null;
}

// Rows never move under the cursor: what came meanwhile is offered.
function watch(view, place, { tab, q }, newest) {
  const look = async () => {
    if (document.hidden || document.querySelector('dialog[open]')) return;
    const ask = () => get('/verdicts/counts', { q, after: newest() }, view.signal);
    const answer = await quietly(place, ask, look);
    const count = answer?.counts[tab] ?? 0;
    if (!count || view.signal.aborted) return;
    const button = h(
      'button',
      { type: 'button', class: 'new', onclick: () => go(link('queue', { tab, q }), true) },
      t('queue.new', { n: count }),
    );
    if (place.textContent !== button.textContent) place.replaceChildren(button);
  };
  const timer = setInterval(look, kPoll);
  view.signal.addEventListener('abort', () => clearInterval(timer));
}

function empty(tab, q, counts) {
  const place = h('div', { class: 'nothing' });
  if (q)
    place.append(
      h('p', null, t('queue.none_found')),
      h('p', null, h('a', { href: link('queue', { tab }) }, t('queue.without_search'))),
    );
  else place.append(h('p', { class: 'big' }, t(`queue.empty.${tab}`)), h('p', null, t(`queue.empty.${tab}.more`)));
  counts.then((known) => {
    if (!known) return;
    const others = q ? kTabs.filter((name) => name !== tab && known[name] > 0) : [];
    place.append(
      ...others.map((name) =>
        h(
          'a',
          { class: 'button', href: link('queue', { tab: name, q }) },
          `${t(`tab.${name}`)} ${number(known[name])}`,
        ),
      ),
    );
    if (!q && known.all === 0 && may('owner'))
      place.append(h('p', null, t('queue.no_checks'), ' ', h('a', { href: link('start') }, t('queue.connect'))));
  });
  return place;
}

function queue_keys(list, tab, q, search) {
  const tabs = kTabs
    .slice(0, 5)
    .map((name, i) => [String(i + 1), { does: `tab.${name}`, run: () => go(link('queue', { tab: name, q })) }]);
  const with_row = (does, run, shown) => ({ does, shown, run: (event) => (list() ? run(list(), event) : false) });
  const label = (name) => with_row(`keys.${name}`, (rows) => void rows.judge(name));
  const read = {
    j: with_row('keys.next', (rows) => rows.move(1)),
    k: with_row('keys.previous', (rows) => rows.move(-1)),
    Enter: with_row('keys.open', (rows, event) => (event.target.closest('a, button') ? false : rows.open()), 'Enter'),
    '/': { does: 'keys.search', run: search.focus },
  };
  const act = may('moderator')
    ? { x: with_row('keys.select', (rows) => rows.toggle()), s: label('spam'), a: label('ham') }
    : {};
  return { ...read, ...act, ...Object.fromEntries(tabs) };
}
