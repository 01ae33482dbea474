// Pseudonyms: what winnow keeps in place of e-mail addresses and addresses (classifier/pseudonym.h), shown short.
import { address } from '/admin/dom.js';
import { t } from '/admin/words.js';

const kForm = /^~([ea])\d+:([0-9a-f]{8})[0-9a-f]{8}(:[a-z]+)?$/;

export const is_pseudonym = (text) => kForm.test(text ?? '');

// "e-mail #5b1e51d0"; anything else as it is.
export function in_short(text) {
  const [, kind, tag] = kForm.exec(text) ?? [];
  return kind ? t(kind === 'e' ? 'pseudonym.email' : 'pseudonym.address', { tag }) : text;
}

// An address or what stands for it, as an element.
export function address_of(text, attributes) {
  return address(in_short(text), { ...attributes, title: is_pseudonym(text) ? t('pseudonym.title') : text });
}
