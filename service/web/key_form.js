// What a key may be used for, from where and until when: the fields, and what they hold.
import { h } from '/admin/dom.js';
import { check, field } from '/admin/form.js';
import { t } from '/admin/words.js';

const kScopes = ['check', 'feedback', 'curator', 'admin'];
// What a key for Akismet clients may have at most.
const kOfAkismet = ['check', 'feedback'];

// `key`: what is set now. `kind`: the control that says which kind it will be; without one it is the key's.
export function limit_fields(key, kind) {
  const scopes = h(
    'fieldset',
    { class: 'stack' },
    h('legend', null, t('keys_of.scopes')),
    kScopes.map((scope) =>
      check(
        t(`keys_of.scope.${scope}`),
        `scope-${scope}`,
        key.scopes.includes(scope),
        t(`keys_of.scope.${scope}.hint`),
      ),
    ),
  );
  const allow = (chosen) => {
    for (const scope of kScopes) {
      const box = scopes.querySelector(`[name=scope-${scope}]`);
      box.disabled = chosen === 'akismet' && !kOfAkismet.includes(scope);
      if (box.disabled) box.checked = false;
    }
  };
  if (kind) kind.addEventListener('change', () => allow(kind.value));
  allow(kind ? kind.value : key.scopes.every((scope) => kOfAkismet.includes(scope)) ? key.kind : 'api');
  return [
    scopes,
    field(
      t('keys_of.expires'),
      h('input', { type: 'date', name: 'expires_at', value: key.expires_at?.slice(0, 10) ?? '' }),
      t('keys_of.expires.hint'),
    ),
    field(
      t('keys_of.networks'),
      h('input', {
        name: 'networks',
        value: key.networks.join(', '),
        placeholder: '203.0.113.0/24, 2001:db8::/32',
        spellcheck: 'false',
      }),
      t('keys_of.networks.hint'),
    ),
  ];
}

// The members of the API. A day counts to its end.
export function limits_of(values) {
  return {
    scopes: kScopes.filter((scope) => values[`scope-${scope}`]),
    expires_at: values.expires_at ? `${values.expires_at}T23:59:59Z` : null,
    networks: values.networks.split(/[\s,]+/).filter(Boolean),
  };
}
