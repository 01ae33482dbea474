// Words in the language of the person. words.en.js and words.de.js have them; a word that German lacks is shown in English.
import en from '/admin/words.en.js';
import de from '/admin/words.de.js';

const kLanguages = { en, de };
let language = 'en';
let plural = new Intl.PluralRules('en');
let whole = new Intl.NumberFormat('en');

// '' takes the first language of the browser that there is.
export function speak(wanted) {
  const known = (tag) => kLanguages[tag.slice(0, 2).toLowerCase()] && tag;
  const tag = (wanted && known(wanted)) || navigator.languages.map(known).find(Boolean) || 'en';
  language = tag;
  plural = new Intl.PluralRules(tag);
  whole = new Intl.NumberFormat(tag);
  document.documentElement.lang = tag.slice(0, 2).toLowerCase();
}

export function locale() {
  return language;
}

export const languages = [
  ['en', 'English'],
  ['de', 'Deutsch'],
];

export function has(key) {
  return en[key] !== undefined;
}

// The words of `key`, `{name}` in it replaced. Where there are forms for numbers, `n` picks one.
export function t(key, values = {}) {
  let text = kLanguages[language.slice(0, 2).toLowerCase()]?.[key] ?? en[key] ?? key;
  if (typeof text === 'object') text = text[plural.select(values.n ?? 0)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name];
    return value === undefined ? all : typeof value === 'number' ? whole.format(value) : String(value);
  });
}

export function number(value) {
  return whole.format(value);
}

// 0.973 is "97 %"; near the ends a digit more, for there it means something, or where `least` asks for one.
export function percent(value, least = 0) {
  const digits = value > 0 && (value < 0.01 || (value > 0.99 && value < 1)) ? 1 : least;
  const shown = value > 0.999 && value < 1 ? 0.999 : value;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(shown);
}

// Points with their sign, to one or two digits.
export function points(value) {
  const digits = Math.abs(value) < 1 ? 2 : 1;
  return new Intl.NumberFormat(language, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

export function list(items) {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}
