// Keys. A screen names its own; a few hold everywhere. All are off while a person types, and with Ctrl, Alt or Meta.
import { h } from '/admin/dom.js';
import { show_dialog } from '/admin/dialog.js';
import { t } from '/admin/words.js';

let everywhere = {};
let here = {};

// {key: {does: 'words.key', run: f, shown?: 'Enter'}}. `run` gets the event; what it handles is not the browser's any more.
export function keys_everywhere(map) {
  everywhere = map;
}

export function keys_here(map) {
  here = map;
}

export function listen() {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const action = here[event.key] ?? everywhere[event.key];
    if (!action || action.run(event) === false) return;
    event.preventDefault();
  });
}

function typing(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button])'))
  );
}

export function help() {
  const section = (title, map) => {
    const shown = Object.entries(map).filter(([, action]) => action.does);
    if (!shown.length) return null;
    return h(
      'section',
      null,
      h('h3', null, title),
      h(
        'dl',
        { class: 'keys' },
        shown.map(([key, action]) =>
          h('div', null, h('dt', null, h('kbd', null, action.shown ?? key)), h('dd', null, t(action.does))),
        ),
      ),
    );
  };
  show_dialog(t('keys.title'), [
    section(t('keys.here'), here),
    section(t('keys.everywhere'), everywhere),
    h('p', { class: 'note' }, t('keys.off')),
  ]);
}
