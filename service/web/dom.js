// Elements. Every string becomes a text node or an attribute: nothing on this page is ever read as markup.

const kSvg = 'http://www.w3.org/2000/svg';
const kProperties = new Set(['value', 'checked', 'disabled', 'hidden', 'indeterminate', 'open']);

// h('p', {class: 'note', onclick: f, style: {width: '3px'}}, 'text', element, [more]). Attributes that are null,
// undefined or false are left out, and so are such children. Links lead to this page alone.
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  set_all(element, attributes);
  append(element, children);
  return element;
}

// A drawing of paths, in the colour of the text around it; it says nothing to a screen reader.
export function icon(...paths) {
  const svg = document.createElementNS(kSvg, 'svg');
  for (const [key, value] of [
    ['viewBox', '0 0 20 20'],
    ['class', 'icon'],
    ['aria-hidden', 'true'],
    ['focusable', 'false'],
  ])
    svg.setAttribute(key, value);
  for (const path of paths) {
    const element = document.createElementNS(kSvg, 'path');
    element.setAttribute('d', path);
    svg.append(element);
  }
  return svg;
}

// An address that breaks where its parts meet.
export function address(text, attributes) {
  const parts = text.split(/(?<=[./@])(?=.)/);
  return h(
    'bdi',
    attributes,
    parts.map((part, i) => [i > 0 && h('wbr'), part]),
  );
}

// What others wrote, kept from turning the direction of the text around it.
export function foreign(text, attributes) {
  return h('bdi', attributes, text);
}

function set_all(element, attributes) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'href' && !/^(#|\/admin)/.test(value)) throw new Error('a link leads elsewhere');
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style')
      for (const [property, to] of Object.entries(value)) element.style.setProperty(property, to);
    else if (kProperties.has(key)) element[key] = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}
