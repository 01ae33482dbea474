// Every screen with data, with none and with an API that fails; in both themes, on a desktop and on a phone; and what axe-core says of each.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { kComments, kWrongly_blocked } from './comments.mjs';
import { Desk, kDesktop, kPhone, kScreens } from './desk.mjs';

const kShown = {
  queue: 'Cheap Pills 24',
  try: 'Judge it',
  rules: 'links.many',
  lists: 'pills.example',
  training: 'Reports',
  statistics: 'Comments by day and outcome',
  sites: 'garden.example.org',
  people: 'moderator',
  privacy: 'Cleaning',
  log: 'Anna Weber',
  settings: 'Second factor',
  start: 'Which site',
  comment: 'Cheap Pills 24',
};
const kEmpty = {
  queue: 'No comments yet.',
  try: 'There is no site yet',
  rules: 'links.many',
  lists: 'No entries.',
  training: 'Nobody has reported yet.',
  statistics: 'No checks in this time.',
  sites: 'No sites yet.',
  people: 'Anna Weber',
  privacy: 'Cleaning',
  log: 'Anna Weber',
  settings: 'Second factor',
  start: 'Which site',
};
const hash_of = (screen) => (screen === 'queue' ? '#queue?tab=all' : `#${screen}`);

async function looks_right(page, name, text) {
  await page.page.getByText(text).first().waitFor({ state: 'attached' });
  await page.shot(name);
  assert.deepEqual(await page.axe(), [], `${name}: axe-core`);
  assert.equal(await page.too_wide(), 0, `${name}: wider than the window`);
  assert.equal(await page.page.locator('main h1').count(), 1, `${name}: one heading`);
  assert.deepEqual(page.wrong, [], name);
}

describe('with data', () => {
  let desk;
  let hashes;
  before(async () => {
    desk = await Desk.start();
    await desk.add_person('moderator');
    const verdicts = await desk.check([...kComments, kWrongly_blocked]);
    await desk.api('POST', '/verdicts/reports', { ids: [verdicts[3].id], label: 'spam' });
    await desk.api('POST', '/lists', { list: 'block', field: 'domain', pattern: 'pills.example', note: 'a campaign' });
    hashes = {
      ...Object.fromEntries(kScreens.map((screen) => [screen, hash_of(screen)])),
      comment: `#comment/${verdicts[2].id}`,
    };
  });
  after(() => desk.close());

  for (const [size_name, size] of Object.entries({ desktop: kDesktop, phone: kPhone }))
    for (const theme of ['light', 'dark'])
      test(`${size_name}, ${theme}`, async (t) => {
        const page = await desk.page({ size, theme });
        for (const [screen, text] of Object.entries(kShown))
          await t.test(screen, async () => {
            await page.go(hashes[screen]);
            await looks_right(page, `${screen}-${size_name}-${theme}`, text);
          });
        await page.close();
      });

  test('at 200 % zoom nothing is cut off', async () => {
    const page = await desk.page({ size: { width: 640, height: 430 } });
    for (const [screen, hash] of Object.entries(hashes)) {
      await page.go(hash);
      assert.equal(await page.too_wide(), 0, screen);
    }
    await page.close();
  });

  test('in German', async () => {
    const page = await desk.page({ locale: 'de-DE' });
    for (const [screen, hash] of Object.entries(hashes)) {
      await page.go(hash);
      assert.equal(await page.page.evaluate(() => document.documentElement.lang), 'de');
      assert.deepEqual(page.wrong, [], screen);
      assert.doesNotMatch(await page.page.innerText('main h1, .nav'), /Queue|Rules|Settings/);
    }
    await page.shot('start-german');
    await page.close();
  });

  test('the theme can be switched, and stays', async () => {
    const page = await desk.page();
    await page.go();
    await page.page.selectOption('.nav-tools select', 'dark');
    await page.go('#rules');
    assert.equal(await page.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.close();
  });

  test('a time says the full one on hover', async () => {
    const page = await desk.page();
    await page.go('#queue?tab=all');
    assert.match(await page.page.getAttribute('.rows time', 'title'), /\d{4}/);
    await page.close();
  });

  for (const screen of [...kScreens.filter((name) => !['start', 'settings'].includes(name)), 'comment', 'settings'])
    test(`${screen} with a failing API says so, counts it, and goes on when it is back`, async () => {
      const page = await desk.page();
      const failing = /\/api\/v1\/admin\/(?!session)/;
      await page.page.route(failing, (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: '{"title": "Internal", "status": 500, "detail": "The disk is away."}',
        }),
      );
      await page.go(hashes[screen]);
      await page.page.getByText('The disk is away.').first().waitFor();
      assert.match(await page.page.innerText('.failed'), /^\d+ calls? to winnow failed\./);
      assert.deepEqual(await page.axe(), []);
      await page.shot(`${screen}-failing`);
      await page.page.unroute(failing);
      await page.page.click('.failed button');
      await page.page
        .getByText(screen === 'settings' ? 'listen' : kShown[screen])
        .first()
        .waitFor({ state: 'attached' });
      await page.page.locator('.failed').waitFor({ state: 'hidden' });
      assert.deepEqual(page.wrong, []);
      await page.close();
    });

  test('a server that is away is told from one that failed', async () => {
    const page = await desk.page();
    await page.go('#rules');
    await page.page.route(/\/api\/v1\/admin\//, (route) => route.abort());
    await page.page.click('.nav a[data-screen="lists"]');
    await page.page.getByText('winnow does not answer.').first().waitFor();
    await page.close();
  });
});

describe('with nothing yet', () => {
  let desk;
  before(async () => {
    desk = await Desk.start({ people: false });
    await desk.set_up_person();
  });
  after(() => desk.close());

  for (const theme of ['light', 'dark'])
    for (const [screen, text] of Object.entries(kEmpty))
      test(`${screen}, ${theme}`, async () => {
        const page = await desk.page({ theme });
        await page.go(hash_of(screen));
        await looks_right(page, `${screen}-empty-${theme}`, text);
        await page.close();
      });
});
