// Dialogs: the browser's own <dialog>, which keeps the focus inside and gives it back.
import { h } from '/admin/dom.js';
import { in_words } from '/admin/problem.js';
import { t } from '/admin/words.js';

let count = 0;

// Shows `content` under a title. Closes by its button, Escape, or `close()` of what is returned.
export function show_dialog(title, content, actions = []) {
  const id = `dialog-${++count}`;
  const before = document.activeElement;
  const dialog = h('dialog', { 'aria-labelledby': id });
  const close = () => dialog.close();
  dialog.append(
    h(
      'div',
      { class: 'dialog-head' },
      h('h2', { id }, title),
      h('button', { type: 'button', class: 'quiet', 'aria-label': t('close'), onclick: close }, '×'),
    ),
  );
  dialog.append(h('div', { class: 'dialog-body' }, content), h('div', { class: 'dialog-actions' }, actions));
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close };
}

// Asks with a form. `send(values)` does it; what it throws is said in the dialog, which then stays.
// Resolves with what `send` gave, or null where the person thought better of it.
export function ask({ title, explain, fields = [], button, danger = false, send }) {
  return new Promise((resolve) => {
    let result = null;
    const said = h('p', { class: 'said', role: 'alert' });
    const ok = h('button', { class: danger ? 'danger' : 'primary' }, button);
    const cancel = h('button', { type: 'button' }, t('cancel'));
    const form = h(
      'form',
      { class: 'stack' },
      explain && h('div', { class: 'explain' }, explain),
      fields,
      said,
      h('div', { class: 'dialog-actions' }, cancel, ok),
    );
    const shown = show_dialog(title, form);
    cancel.addEventListener('click', shown.close);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      ok.disabled = true;
      said.textContent = '';
      try {
        result = await send(Object.fromEntries(new FormData(form)), form);
        shown.close();
      } catch (error) {
        said.textContent = in_words(error);
        form.elements[error.field]?.focus();
      } finally {
        ok.disabled = false;
      }
    });
    shown.dialog.addEventListener('close', () => resolve(result));
    (form.querySelector('input, select, textarea') ?? ok).focus();
  });
}
