// The door: name, password, and a code where the person has a second factor.
import { get, post } from '/admin/api.js';
import { h } from '/admin/dom.js';
import { field } from '/admin/form.js';
import { in_words } from '/admin/problem.js';
import { t } from '/admin/words.js';

export function sign_in(view, entered) {
  const said = h('p', { class: 'said', role: 'alert' });
  const button = h('button', { class: 'primary' }, t('sign_in'));
  const code = field(
    t('second.code'),
    h('input', { name: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '8' }),
    t('sign_in.code_hint'),
  );
  code.hidden = true;
  const form = h(
    'form',
    { class: 'stack' },
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
      h('input', { name: 'password', type: 'password', required: true, autocomplete: 'current-password' }),
    ),
    code,
    said,
    button,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { name, password, code: digits } = Object.fromEntries(new FormData(form));
    said.textContent = '';
    button.disabled = true;
    try {
      entered(await post('/session', { name, password, ...(digits && { code: digits.replace(/\s/g, '') }) }));
    } catch (error) {
      refused(error);
    } finally {
      button.disabled = false;
    }
  });
  const refused = (error) => {
    if (error.code_needed) {
      said.textContent = code.hidden ? t('sign_in.code') : t('sign_in.code_wrong');
      code.hidden = false;
      form.elements.code.focus();
    } else {
      said.textContent = error.status === 401 ? t('sign_in.wrong') : in_words(error);
      form.elements.password.select();
    }
  };
  const hint = h('div', { class: 'door-hint' });
  view.main.append(
    h('div', { class: 'door-box' }, h('p', { class: 'brand' }, 'winnow'), view.title(t('sign_in')), hint, form),
  );
  form.elements.name.focus();
  get('/setup', {}, view.signal).then(
    ({ needed }) =>
      needed && hint.append(h('p', { class: 'notice' }, t('sign_in.set_up')), h('code', null, 'winnow person setup')),
    () => null,
  );
}
