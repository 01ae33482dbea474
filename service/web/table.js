// Tables that are cards on a phone: each cell carries its column's name, and the roles stay when the display changes.
import { h } from '/admin/dom.js';
import { t } from '/admin/words.js';

// columns: [{name, class?, cell(row), hidden?, head?()}]; `hidden` names are for screen readers and cards alone, `head` is
// shown in the name's place.
export function table(caption, columns, rows, { class: name = '', row_attributes } = {}) {
  return h(
    'table',
    { class: `table-own ${name}`, role: 'table' },
    h('caption', { class: 'visually-hidden' }, caption),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        columns.map((column) =>
          h(
            'th',
            { scope: 'col', role: 'columnheader', class: column.class },
            column.head?.() ?? h('span', { class: column.hidden && 'visually-hidden' }, column.name),
          ),
        ),
      ),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      rows.map((row) => h('tr', { role: 'row', ...row_attributes?.(row) }, cells(columns, row))),
    ),
  );
}

export function cells(columns, row) {
  return columns.map((column) =>
    h('td', { role: 'cell', class: column.class, 'data-label': column.name }, column.cell(row)),
  );
}

// A table, or what to do where there is nothing yet.
export function table_or(empty, caption, columns, rows, options) {
  return rows.length ? table(caption, columns, rows, options) : nothing(empty);
}

export function nothing(words, ...more) {
  return h('div', { class: 'nothing' }, h('p', null, words), more);
}

// The foot of a list with keyset paging.
export function pager(older, newest) {
  if (!older && !newest) return null;
  return h(
    'nav',
    { class: 'pager', 'aria-label': t('pager') },
    newest && h('a', { class: 'button', href: newest }, t('pager.newest')),
    older && h('a', { class: 'button', href: older }, t('pager.older')),
  );
}
