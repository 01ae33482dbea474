// Which rows are chosen: a box each, a range with Shift. Only rows that are shown can be chosen.
import { h } from '/admin/dom.js';
import { t } from '/admin/words.js';

export function selection(rows) {
  const boxes = new Map();
  let tell = () => {};
  let anchor = null;
  const set = (row, on) => {
    boxes.get(row.id).checked = on;
    boxes.get(row.id).closest('tr')?.classList.toggle('chosen', on);
  };
  const chosen = () => rows.filter((row) => boxes.get(row.id)?.isConnected && boxes.get(row.id).checked);
  const all = h('input', { type: 'checkbox', 'aria-label': t('select.all') });
  const changed = () => {
    const n = chosen().length;
    all.checked = n > 0 && n === rows.length;
    all.indeterminate = n > 0 && n < rows.length;
    tell(n);
  };
  const clicked = (row, event) => {
    const on = event.target.checked;
    const [from, to] = [rows.indexOf(event.shiftKey && anchor ? anchor : row), rows.indexOf(row)].sort((a, b) => a - b);
    rows.slice(from, to + 1).forEach((one) => set(one, on));
    anchor = row;
    changed();
  };
  return {
    rows: chosen,
    box(row) {
      const box = h('input', {
        type: 'checkbox',
        'aria-label': t('select.row', { author: row.author || t('nobody') }),
        onclick: (event) => clicked(row, event),
      });
      boxes.set(row.id, box);
      return h('label', { class: 'box' }, box);
    },
    toggle(row) {
      set(row, !boxes.get(row.id).checked);
      anchor = row;
      changed();
    },
    // Chooses all that are shown.
    all_box() {
      all.addEventListener('change', () => {
        rows.forEach((row) => boxes.get(row.id).isConnected && set(row, all.checked));
        changed();
      });
      return h('label', { class: 'box' }, all);
    },
    clear() {
      rows.forEach((row) => set(row, false));
      anchor = null;
      changed();
    },
    on_change(call) {
      tell = call;
    },
  };
}
