// The person's own account, and for owners what the process runs with.
import { get, post, put } from '/admin/api.js';
import { h } from '/admin/dom.js';
import { copyable, field, select } from '/admin/form.js';
import { fill, in_words } from '/admin/problem.js';
import { may, who } from '/admin/session.js';
import { table } from '/admin/table.js';
import { say } from '/admin/undo.js';
import { languages, speak, t } from '/admin/words.js';

export async function settings(view) {
  const second = h('section', { class: 'panel' });
  draw_second(second);
  view.main.append(
    view.title(t('nav.settings')),
    h(
      'div',
      { class: 'two even spaced' },
      h('div', { class: 'column' }, language_part(), password_part()),
      h('div', { class: 'column' }, second),
    ),
  );
  if (!may('owner')) return;
  const place = h('div');
  view.main.append(
    h(
      'section',
      { class: 'panel' },
      h('h2', null, t('process.title')),
      h('p', { class: 'faint' }, t('process.explain')),
      place,
    ),
  );
  await fill(
    place,
    () => get('/settings', {}, view.signal),
    (answer) =>
      table(
        t('process.title'),
        [
          { name: t('name'), cell: (one) => h('code', null, one.name) },
          { name: t('process.value'), class: 'value', cell: (one) => h('code', null, String(one.value) || '–') },
          { name: t('process.source'), cell: (one) => h('span', { class: 'faint' }, one.source) },
          { name: t('process.what'), class: 'sentence', cell: (one) => one.description },
        ],
        answer.settings,
        { class: 'process' },
      ),
  );
}

// A small form: sends, then says so, or says what is wrong beside the button.
function form(button, fields, send, done = () => say([h('strong', null, t('saved'))])) {
  const said = h('p', { class: 'said', role: 'alert' });
  const element = h(
    'form',
    {
      class: 'stack',
      onsubmit: async (event) => {
        event.preventDefault();
        said.textContent = '';
        try {
          const answer = await send(Object.fromEntries(new FormData(element)));
          element.reset();
          done(answer);
        } catch (error) {
          said.textContent = error.field === 'password' && error.status === 403 ? t('password.wrong') : in_words(error);
          element.elements[error.field]?.focus();
        }
      },
    },
    fields,
    said,
    h('button', null, button),
  );
  return element;
}

function language_part() {
  const pick = select('language', [['', t('language.browser')], ...languages], who().language, {
    onchange: async () => {
      try {
        await post('/session/language', { language: pick.value });
        who().language = pick.value;
        speak(pick.value);
        dispatchEvent(new Event('winnow:language'));
      } catch (error) {
        say([in_words(error)]);
      }
    },
  });
  return h('section', { class: 'panel' }, h('h2', null, t('language')), field(t('language.label'), pick));
}

const password = (name, words, complete) =>
  field(
    words,
    h('input', {
      type: 'password',
      name,
      required: true,
      maxlength: '1000',
      autocomplete: complete,
      ...(complete === 'new-password' && { minlength: '10' }),
    }),
    complete === 'new-password' && t('password.hint'),
  );

function password_part() {
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, t('password')),
    h('p', { class: 'faint' }, t('password.others_end')),
    form(
      t('password.change'),
      [
        password('password', t('password.now'), 'current-password'),
        password('new_password', t('password.new'), 'new-password'),
      ],
      (values) => post('/session/password', values),
    ),
  );
}

function draw_second(place) {
  const on = who().second_factor;
  const changed = (value) => {
    who().second_factor = value;
    say([h('strong', null, t(value ? 'second.now_on' : 'second.now_off'))]);
    draw_second(place);
  };
  place.replaceChildren(
    h('h2', null, t('second')),
    h('p', null, t(on ? 'second.is_on' : 'second.is_off')),
    on
      ? form(
          t('second.turn_off'),
          [password('password', t('password.now'), 'current-password')],
          (values) => post('/session/second-factor/off', values),
          () => changed(false),
        )
      : form(
          t('second.begin'),
          [password('password', t('password.now'), 'current-password')],
          (values) => post('/session/second-factor', values),
          (secret) => confirm_second(place, secret, changed),
        ),
  );
}

function confirm_second(place, { secret, uri }, changed) {
  const code = h('input', {
    name: 'code',
    required: true,
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    pattern: '[0-9 ]{6,8}',
  });
  place.replaceChildren(
    h('h2', null, t('second')),
    h('p', null, t('second.enter')),
    copyable(secret, t('second.secret')),
    h('p', { class: 'faint' }, t('second.or_uri')),
    copyable(uri, t('second.uri')),
    form(
      t('second.turn_on'),
      [field(t('second.code'), code)],
      (values) => put('/session/second-factor', { code: values.code.replace(/\s/g, '') }),
      () => changed(true),
    ),
  );
  code.focus();
}
