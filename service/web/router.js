// Where the page is: '#queue?tab=spam&q=viagra', '#comment/ID', '#setup=CODE'. Everything worth a bookmark is in it.

// {screen, id, params, hash}; `screen` is '' for the start.
export function parse(hash) {
  const text = hash.replace(/^#/, '');
  if (text.startsWith('setup=')) return { screen: 'setup', id: decodeURIComponent(text.slice(6)), params: {}, hash };
  const [path, query = ''] = text.split(/\?(.*)/s);
  const [screen, id = ''] = path.split('/');
  return { screen, id: decode(id), params: Object.fromEntries(new URLSearchParams(query)), hash };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function link(screen, params = {}, id = '') {
  const given = Object.entries(params).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return (
    '#' + screen + (id ? '/' + encodeURIComponent(id) : '') + (given.length ? '?' + new URLSearchParams(given) : '')
  );
}

export function go(hash, replace = false) {
  if (replace) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  dispatchEvent(new Event('winnow:go'));
}

// `arrive(route)` for each place from now on, the present one first.
export function follow(arrive) {
  const tell = () => arrive(parse(location.hash));
  addEventListener('popstate', tell);
  addEventListener('winnow:go', tell);
  tell();
}
