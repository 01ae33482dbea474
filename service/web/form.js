// Form fields: label, control, hint, tied together.
import { h } from '/admin/dom.js';
import { t } from '/admin/words.js';

let count = 0;

// field('Name', h('input', {name: 'name'}), 'hint')
export function field(label, control, hint) {
  const id = (control.id ||= `field-${++count}`);
  const note = hint && h('p', { class: 'hint', id: `${id}-hint` }, hint);
  if (note) control.setAttribute('aria-describedby', note.id);
  return h('div', { class: 'field' }, h('label', { for: id }, label), control, note);
}

export function check(label, name, checked = false, hint = '') {
  const id = `field-${++count}`;
  return h(
    'div',
    { class: 'check' },
    h('input', { type: 'checkbox', id, name, checked, 'aria-describedby': hint && `${id}-hint` }),
    h('label', { for: id }, label),
    hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
  );
}

// options: [[value, words]]
export function select(name, options, chosen = '', attributes = {}) {
  const element = h(
    'select',
    { name, ...attributes },
    options.map(([value, words]) => h('option', { value }, words)),
  );
  element.value = String(chosen);
  return element;
}

// Text to take along: shown whole, with a button that copies it.
export function copyable(text, label) {
  const said = h('span', { class: 'visually-hidden', role: 'status' });
  const button = h('button', { type: 'button', class: 'small', 'aria-label': `${t('copy')}: ${label}` }, t('copy'));
  button.addEventListener('click', async () => {
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => select_text(code),
    );
    button.textContent = said.textContent = copied ? t('copied') : t('copy.by_hand');
  });
  const code = h('code', { tabindex: '0', 'aria-label': label, role: 'textbox', 'aria-readonly': 'true' }, text);
  return h('div', { class: 'copyable' }, code, button, said);
}

function select_text(element) {
  getSelection().selectAllChildren(element);
  return false;
}
