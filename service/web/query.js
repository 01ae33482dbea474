// The query of the search, term by term, so that controls can read and change it. The server alone says what a term means.

const kTerm = /-?(?:[a-z]+:)?(?:"[^"]*"?|[^\s"]+)/gi;

export function terms(q) {
  return q.match(kTerm) ?? [];
}

// What stands behind `name:`, or ''; a term that must not hold is left alone.
export function value_of(q, name) {
  const term = terms(q).find((one) => one.startsWith(`${name}:`));
  return term ? term.slice(name.length + 1).replace(/^"|"$/g, '') : '';
}

// q with `name:value` instead of any `name:` before; '' takes it out.
export function with_value(q, name, value) {
  const others = terms(q).filter((one) => !one.startsWith(`${name}:`));
  return [...others, ...(value === '' ? [] : [term(name, value)])].join(' ');
}

export function term(name, value) {
  const text = String(value).replace(/"/g, ' ').trim();
  return `${name}:${/\s/.test(text) ? `"${text}"` : text}`;
}

// 'a..b' as [a, b], and back; '' where both are open.
export function range_of(text) {
  const [from = '', to = ''] = text.includes('..') ? text.split('..') : [text, text];
  return [from, to];
}

export function range(from, to) {
  return from === '' && to === '' ? '' : `${from}..${to}`;
}
