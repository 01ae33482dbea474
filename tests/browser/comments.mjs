// Made-up comments: what a garden blog gets, honest and not.

export const kWrongly_blocked = {
  author: 'Liselotte Brandt',
  author_email: 'liselotte@brandt.example',
  author_url: '',
  content:
    'Buy cheap viagra online without prescription - that is what every second comment under my own blog says, best price guaranteed, free shipping worldwide, order now. How do you keep them out?',
};

export const kComments = [
  {
    author: 'Anna',
    author_email: 'anna@example.org',
    content: 'Thanks, the second step was what I had missed. The pears have taken, and the wax holds.',
  },
  {
    author: 'Marek',
    author_email: 'marek@example.com',
    author_url: 'https://marek.example.com',
    content:
      'I wrote about the same problem: https://marek.example.com/pears - the union failed twice before I changed the wax.',
  },
  {
    author: 'Cheap Pills 24',
    author_email: 'sales@pills.example',
    author_url: 'http://pills.example',
    content:
      'Buy viagra and cialis without prescription: http://pills.example/buy and http://pills.example/order, cheapest prices, fast shipping!',
  },
  {
    author: 'best seo company',
    author_email: 'rank@seo.example',
    author_url: 'http://best-seo-company.example',
    content: 'Nice post, keep it up! Visit my website for first page rankings on Google.',
  },
  {
    author: 'Jürgen',
    author_email: 'juergen@example.de',
    content: 'Sehr guter Artikel, danke. Gilt das auch für Quitten? Meine tragen seit zwei Jahren nicht.',
  },
  {
    author: 'Online Casino',
    author_url: 'http://casino.example',
    content:
      'F r e e  s p i n s at our online c\u200Basino, n0 dep0sit b0nus, play slots now http://casino.example/?ref=882 http://casino.example/win',
  },
  {
    author: 'Kenji',
    author_email: 'kenji@example.jp',
    content: '接ぎ木の季節はいつが一番いいですか。こちらは雪が多いです。',
  },
  {
    site: 1,
    author: 'Ruth',
    author_email: 'ruth@example.net',
    content: 'The bread came out flat, was the oven too cold or did I let it rise for too long?',
  },
  {
    site: 1,
    author: 'Replica Watches',
    author_url: 'http://watches.example',
    content:
      'Replica watches 80% off, worldwide shipping. Click here http://watches.example/sale to see our collection of luxury brands',
  },
];

// Sixty more, so that there is a second page.
export const kMany = [...Array(60)].map((_, i) => ({
  author: `Visitor ${i}`,
  author_email: `visitor${i}@example.org`,
  content: `Visit number ${i}: in which week of spring did you cut the scions, and how long were they stored?`,
}));

export const kHostile = {
  script: {
    author: '<script>window.pwned = 1</script>',
    author_url: 'javascript:window.pwned=2',
    content:
      '<script>window.pwned = 3</script><img src=x onerror="window.pwned = 4"><svg onload="window.pwned = 5"></svg> "><a href="javascript:window.pwned=6">press me</a> {{constructor.constructor("window.pwned=7")()}}',
  },
  long: { author: 'Long', content: `beginning ${'spam and eggs '.repeat(7142)}`.padEnd(99997, 'x') + 'end' },
  rtl: {
    author: '\u202Eecila',
    author_email: 'alice@example.org',
    content: '\u202Ethis runs the other way\u2066 and \u200Fthis\u202C, مرحبا بكم, עברית',
  },
  links: { author: 'Links', content: [...Array(3000)].map((_, i) => `http://l${i}.example/buy`).join(' ') },
};
