// The page begins here: who is there, then the screen that the address names.
import { get } from '/admin/api.js';
import { comment } from '/admin/comment.js';
import { h } from '/admin/dom.js';
import { first_run } from '/admin/first_run.js';
import { frame, leave_frame } from '/admin/frame.js';
import { help, keys_everywhere, keys_here, listen } from '/admin/keys.js';
import { lists } from '/admin/lists.js';
import { log } from '/admin/log.js';
import { people } from '/admin/people.js';
import { privacy } from '/admin/privacy.js';
import { failure, forget_failures } from '/admin/problem.js';
import { queue } from '/admin/queue.js';
import { follow, go, link, parse } from '/admin/router.js';
import { rules } from '/admin/rules.js';
import { begin, may, who } from '/admin/session.js';
import { settings } from '/admin/settings.js';
import { sign_in } from '/admin/sign_in.js';
import { sites } from '/admin/sites.js';
import { statistics } from '/admin/statistics.js';
import { keep_times } from '/admin/time.js';
import { training } from '/admin/training.js';
import { try_text } from '/admin/try.js';
import { forget_done, take_back } from '/admin/undo.js';
import { speak, t } from '/admin/words.js';

// A screen is a function (view, route): it fills view.main. `nav: false` keeps it out of the navigation.
export const kScreens = {
  queue: { show: queue },
  comment: { show: comment, nav: false },
  try: { show: try_text },
  rules: { show: rules },
  lists: { show: lists },
  training: { show: training },
  statistics: { show: statistics },
  sites: { show: sites },
  people: { show: people, role: 'owner' },
  privacy: { show: privacy, role: 'owner' },
  log: { show: log, role: 'owner' },
  settings: { show: settings },
  start: { show: first_run, role: 'owner', nav: false },
};

let leaving = new AbortController();
let shown = '';

// A fresh place to fill; what the last screen still waited for ends.
function clear(name, alone) {
  leaving.abort();
  leaving = new AbortController();
  forget_failures();
  keys_here({});
  const main = alone ? leave_frame() : frame(kScreens, name);
  main.replaceChildren();
  return { main, signal: leaving.signal, title, keys: keys_here };
}

// The heading of a screen, which is also the window's title; it takes the focus when the screen is new.
function title(words, ...beside) {
  document.title = `${words} · winnow`;
  return h('div', { class: 'title' }, h('h1', { tabindex: '-1' }, words), beside);
}

async function show(route) {
  if (!who()) return show_door(route);
  const name =
    kScreens[route.screen] && (!kScreens[route.screen].role || may(kScreens[route.screen].role))
      ? route.screen
      : 'queue';
  const view = clear(name, false);
  if (route.screen && name !== route.screen)
    view.main.append(h('p', { class: 'notice', role: 'alert' }, t(kScreens[route.screen] ? 'not_yours' : 'no_screen')));
  const is_new = name !== shown || route.id;
  shown = name;
  if (is_new) scrollTo(0, 0);
  const filled = kScreens[name].show(view, name === route.screen ? route : { ...route, id: '', params: {} });
  if (is_new) view.main.querySelector('h1')?.focus({ preventScroll: true });
  await filled;
}

// The screens before somebody is signed in.
function show_door(route) {
  shown = '';
  const view = clear('', true);
  const entered = (session) => {
    begin(session);
    if (route.screen === 'setup') go(link('start'), true);
    else show(parse(location.hash));
  };
  return route.screen === 'setup' ? first_run(view, route, entered) : sign_in(view, entered);
}

async function start() {
  speak('');
  try {
    begin(await get('/session'));
  } catch (problem) {
    if (problem.status !== 401) {
      const view = clear('', true);
      view.main.append(failure(problem, start));
      return;
    }
  }
  follow(show);
}

addEventListener('winnow:signed-out', () => {
  if (!who()) return;
  begin(null);
  forget_done();
  show(parse(location.hash));
});
addEventListener('winnow:language', () => show(parse(location.hash)));
keys_everywhere({
  u: { does: 'keys.undo', run: () => void (may('moderator') && take_back()) },
  '?': { does: 'keys.help', run: help },
});
listen();
keep_times();
start();
