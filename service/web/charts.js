// Charts by Chart.js, in the colours of the page. Each has its table beside it; the drawing is for the eye alone.
import { h } from '/admin/dom.js';
import { locale } from '/admin/words.js';

let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = h('script', { src: '/admin/chart.js' });
    script.addEventListener('load', () => resolve(globalThis.Chart));
    script.addEventListener('error', () => {
      loading = null;
      reject(new Error('chart.js'));
    });
    document.head.append(script);
  });
  return loading;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// type: 'bar' (stacked) or 'line'. series: [{label, colour: '--spam', values, dash?}]. Drawn anew when the theme changes.
export function chart(view, { type, labels, series, label, x, y, percent = false }) {
  const canvas = h('canvas', { role: 'img', 'aria-label': label });
  let drawn = null;
  const draw = async () => {
    const Chart = await library();
    if (view.signal.aborted) return;
    drawn?.destroy();
    drawn = new Chart(canvas, {
      type,
      data: { labels, datasets: series.map((one) => dataset(type, one)) },
      options: options(type, { x, y, percent }),
    });
  };
  draw().catch(() => canvas.replaceWith(h('p', { class: 'faint' }, label)));
  addEventListener('winnow:theme', () => draw().catch(() => null), { signal: view.signal });
  view.signal.addEventListener('abort', () => drawn?.destroy());
  return h('div', { class: 'chart' }, canvas);
}

function dataset(type, { label, colour: name, values, dash }) {
  const own = colour(name);
  return type === 'bar'
    ? {
        label,
        data: values,
        backgroundColor: own,
        borderColor: colour('--paper'),
        borderWidth: { top: 1 },
        borderRadius: 1,
        maxBarThickness: 26,
      }
    : {
        label,
        data: values,
        borderColor: own,
        backgroundColor: own,
        borderDash: dash ? [5, 4] : [],
        borderWidth: 2,
        pointRadius: 0,
        pointHitRadius: 8,
        tension: 0.15,
      };
}

function options(type, { x, y, percent }) {
  const ink = colour('--faint');
  const font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
  const format = new Intl.NumberFormat(locale(), percent ? { style: 'percent', maximumFractionDigits: 1 } : {});
  const axis = (text, stacked, grid) => ({
    stacked,
    title: { display: Boolean(text), text, color: ink, font },
    ticks: { color: ink, font, maxRotation: 0, autoSkipPadding: 12 },
    grid: { display: grid, color: colour('--line'), drawBorder: false },
  });
  const stacked = type === 'bar';
  const vertical = axis(y, stacked, true);
  vertical.ticks.callback = (value) => format.format(value);
  vertical.beginAtZero = true;
  return {
    responsive: true,
    maintainAspectRatio: false,
    locale: locale(),
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 250 },
    interaction: { mode: 'index', intersect: false },
    scales: { x: axis(x, stacked, false), y: vertical },
    plugins: {
      legend: { position: 'bottom', labels: { color: colour('--ink'), font, boxWidth: 12, boxHeight: 12 } },
      tooltip: { callbacks: { label: (item) => ` ${item.dataset.label}: ${format.format(item.raw)}` } },
    },
  };
}
