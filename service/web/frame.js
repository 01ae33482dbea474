// What stays around the screens: navigation, theme, who is there, how many calls failed, toasts.
import { remove } from '/admin/api.js';
import { h, icon } from '/admin/dom.js';
import { help } from '/admin/keys.js';
import { retry_all } from '/admin/problem.js';
import { link } from '/admin/router.js';
import { begin, may, server_version, who } from '/admin/session.js';
import { forget_done, toasts } from '/admin/undo.js';
import { locale, t } from '/admin/words.js';

const kIcons = {
  queue: ['M3 5h14M3 10h14M3 15h9'],
  try: ['M4 4h12v9H9l-4 3v-3H4z'],
  rules: ['M4 6h12M4 14h12M8 4v4M13 12v4'],
  lists: ['M10 3l6 2.5V10c0 4-3 6-6 7-3-1-6-3-6-7V5.5z'],
  training: ['M3 15l4-5 3 3 6-8M12 5h4v4'],
  statistics: ['M4 17V9M10 17V3M16 17v-6'],
  sites: ['M10 3a7 7 0 100 14 7 7 0 000-14zM3 10h14M10 3c-4 4-4 10 0 14M10 3c4 4 4 10 0 14'],
  people: ['M7.5 9a3 3 0 100-6 3 3 0 000 6zM2 17c0-4 11-4 11 0M13 9a2.5 2.5 0 100-5M15 12c2 .5 3 2 3 5'],
  privacy: ['M5 9h10v8H5zM7 9V6a3 3 0 016 0v3M10 12v2'],
  log: ['M5 3h10v14H5zM8 7h4M8 10h4M8 13h2'],
  settings: [
    'M10 13a3 3 0 100-6 3 3 0 000 6zM10 2v3M10 15v3M2 10h3M15 10h3M4.5 4.5l2 2M13.5 13.5l2 2M15.5 4.5l-2 2M6.5 13.5l-2 2',
  ],
};

let built = ''; // for whom, and in which language

export function frame(screens, current) {
  const wanted = `${who().id} ${who().role} ${locale()}`;
  if (built !== wanted) build(screens);
  built = wanted;
  close_menu();
  for (const a of document.querySelectorAll('.nav a')) {
    const here = a.dataset.screen === (current === 'comment' ? 'queue' : current === 'start' ? 'sites' : current);
    if (here) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }
  return document.getElementById('main');
}

// The page without navigation, for who is not signed in.
export function leave_frame() {
  built = '';
  const main = h('main', { id: 'main', class: 'door', tabindex: '-1' });
  document.body.replaceChildren(main, toasts());
  return main;
}

function build(screens) {
  const items = Object.entries(screens).filter(
    ([, screen]) => screen.nav !== false && (!screen.role || may(screen.role)),
  );
  const nav = h(
    'nav',
    { class: 'nav', id: 'nav', 'aria-label': t('nav.label') },
    h(
      'ul',
      null,
      items.map(([name]) =>
        h('li', null, h('a', { href: link(name), 'data-screen': name }, icon(...kIcons[name]), t(`nav.${name}`))),
      ),
    ),
    foot(),
  );
  const menu = h(
    'button',
    { type: 'button', class: 'menu', 'aria-controls': 'nav', 'aria-expanded': 'false', onclick: toggle_menu },
    icon('M3 5h14M3 10h14M3 15h14'),
    t('nav.menu'),
  );
  document.body.replaceChildren(
    h('a', { class: 'skip', href: '#main', onclick: skip }, t('skip')),
    h(
      'header',
      { class: 'top' },
      h(
        'div',
        { class: 'top-line' },
        h(
          'a',
          { class: 'brand', href: link('queue'), 'aria-label': t('brand') },
          icon('M2 4l4 12 4-12 4 12 4-12'),
          'winnow',
        ),
        menu,
      ),
      nav,
    ),
    h('main', { id: 'main', tabindex: '-1' }),
    failed(),
    toasts(),
  );
}

function foot() {
  const theme = h(
    'select',
    { 'aria-label': t('theme'), class: 'small' },
    ['', 'light', 'dark'].map((value) => h('option', { value }, t(`theme.${value || 'system'}`))),
  );
  theme.value = winnowTheme.chosen();
  theme.addEventListener('change', () => winnowTheme.choose(theme.value));
  return h(
    'div',
    { class: 'nav-foot' },
    h('p', { class: 'person' }, h('bdi', null, who().name), h('span', { class: 'role' }, t(`role.${who().role}`))),
    h(
      'div',
      { class: 'nav-tools' },
      theme,
      h('button', { type: 'button', class: 'small', onclick: help, title: '?' }, t('keys.button')),
      h('button', { type: 'button', class: 'small', onclick: sign_out }, t('sign_out')),
    ),
    h('p', { class: 'version' }, `winnow ${server_version()}`),
  );
}

async function sign_out() {
  await remove('/session').catch(() => null);
  begin(null);
  forget_done();
  dispatchEvent(new Event('winnow:go'));
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function toggle_menu(event) {
  const open = event.currentTarget.getAttribute('aria-expanded') !== 'true';
  event.currentTarget.setAttribute('aria-expanded', String(open));
  document.getElementById('nav').classList.toggle('open', open);
}

function close_menu() {
  document.querySelector('.menu')?.setAttribute('aria-expanded', 'false');
  document.getElementById('nav')?.classList.remove('open');
}

function failed() {
  const words = h('span');
  const bar = h(
    'section',
    { class: 'failed', role: 'status', hidden: true, 'aria-label': t('failed.label') },
    words,
    h('button', { type: 'button', class: 'small', onclick: retry_all }, t('retry')),
  );
  addEventListener('winnow:failed', (event) => {
    bar.hidden = event.detail === 0;
    words.textContent = t('failed', { n: event.detail });
  });
  return bar;
}
