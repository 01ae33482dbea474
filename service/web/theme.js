// Light or dark, before the first paint: the person's choice, or the system's where there is none. A classic script, so that it runs before the page is drawn.
(() => {
  const kKey = 'winnow.theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return localStorage.getItem(kKey) ?? '';
    } catch {
      return '';
    }
  };
  const apply = () => {
    document.documentElement.dataset.theme = chosen() || (system.matches ? 'dark' : 'light');
    dispatchEvent(new Event('winnow:theme'));
  };
  const choose = (theme) => {
    try {
      if (theme) localStorage.setItem(kKey, theme);
      else localStorage.removeItem(kKey);
    } catch {
      document.documentElement.dataset.theme = theme || 'light';
      return;
    }
    apply();
  };
  system.addEventListener('change', apply);
  globalThis.winnowTheme = { chosen, choose };
  apply();
})();
