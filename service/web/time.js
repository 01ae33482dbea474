// Times: relative to now, the full local one on hover.
import { h } from '/admin/dom.js';
import { locale } from '/admin/words.js';

const kUnits = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 7],
  ['week', 4.35],
  ['month', 12],
  ['year', Infinity],
];

export function full(at) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at));
}

export function day(at) {
  return new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(at));
}

export function relative(at, now = Date.now()) {
  let distance = (new Date(at).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' });
  for (const [unit, length] of kUnits) {
    if (Math.abs(distance) < length) return format.format(Math.trunc(distance), unit);
    distance /= length;
  }
  return full(at);
}

export function time(at) {
  return h('time', { datetime: at, title: full(at) }, relative(at));
}

// Every half minute all times shown are said anew.
export function keep_times() {
  setInterval(() => {
    for (const element of document.querySelectorAll('time[datetime]')) {
      const said = relative(element.dateTime);
      if (element.textContent !== said) element.textContent = said;
    }
  }, 30000);
}
