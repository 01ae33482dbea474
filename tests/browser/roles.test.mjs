// What each role may do, and what it must not see.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { kComments } from './comments.mjs';
import { Desk, kOwner } from './desk.mjs';

let desk;
let verdicts;
before(async () => {
  desk = await Desk.start();
  await desk.add_person('viewer');
  await desk.add_person('moderator');
  verdicts = await desk.check(kComments);
  await desk.api('POST', '/lists', { list: 'block', field: 'domain', pattern: 'everywhere.example' });
  await desk.api('POST', '/lists', {
    list: 'block',
    field: 'author',
    pattern: 'of the garden',
    site: desk.sites[0].id,
  });
  await desk.api('POST', '/lists', {
    list: 'block',
    field: 'author',
    pattern: 'of the kitchen',
    site: desk.sites[1].id,
  });
});
after(() => desk.close());

const at_kitchen = () => verdicts[kComments.findIndex((one) => one.site === 1)];

for (const role of ['viewer', 'moderator'])
  describe(role, () => {
    test('sees nothing of another site', async () => {
      const page = await desk.page({ role });
      const answers = [];
      page.page.on(
        'response',
        async (reply) => /\/api\//.test(reply.url()) && answers.push(await reply.text().catch(() => '')),
      );
      for (const hash of [
        '#queue?tab=all',
        '#lists',
        '#training',
        '#statistics',
        '#sites',
        '#try',
        '#rules',
        '#settings',
      ]) {
        await page.go(hash);
        assert.doesNotMatch(await page.page.innerText('body'), /kitchen|Replica Watches/i, hash);
      }
      assert.ok(answers.length > 8);
      assert.doesNotMatch(answers.join('\n'), /kitchen|Replica Watches/i);
      assert.deepEqual(page.wrong, []);
      await page.close();
    });

    test('is told in words that a comment of another site is not there', async () => {
      const page = await desk.page({ role });
      await page.go(`#comment/${at_kitchen().id}`);
      assert.match(await page.page.innerText('main .failure'), /belongs to a site that is not yours/);
      await page.close();
    });

    test('has no people, log or first run, neither in the navigation nor by address', async () => {
      const page = await desk.page({ role });
      await page.go();
      assert.deepEqual(
        await page.page.locator('.nav a[data-screen]').evaluateAll((all) => all.map((a) => a.dataset.screen)),
        ['queue', 'try', 'rules', 'lists', 'training', 'statistics', 'sites', 'settings'],
      );
      for (const hash of ['#people', '#log', '#start']) {
        await page.go(hash);
        assert.match(await page.page.innerText('main .notice'), /Your role has no such screen/);
        assert.equal(await page.page.innerText('main h1'), 'Queue');
      }
      await page.close();
    });

    test('has no buttons of an owner', async () => {
      const page = await desk.page({ role });
      for (const hash of ['#rules', '#training', '#sites', '#settings']) {
        await page.go(hash);
        const buttons = (await page.page.locator('main button').allInnerTexts()).join('|');
        assert.doesNotMatch(
          buttons,
          /Put in force|Roll back|Add a site|Make a key|Change$|Revoke|\bon\b|\boff\b/,
          hash,
        );
      }
      assert.doesNotMatch(await page.page.innerText('main'), /What winnow runs with/);
      await page.close();
    });
  });

test('a viewer cannot judge, neither by button nor by key', async () => {
  const page = await desk.page({ role: 'viewer' });
  const sent = [];
  page.page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()));
  await page.go('#queue?tab=all');
  assert.equal(await page.page.locator('.rows button, .rows input, .bulk').count(), 0);
  for (const key of ['j', 'x', 's', 'a', 'u']) await page.page.keyboard.press(key);
  await page.page.keyboard.press('Enter');
  await page.page.locator('.decision').waitFor();
  assert.match(await page.page.innerText('.decision'), /A moderator can report this comment/);
  assert.equal(await page.page.locator('.decision button, .shortcuts').count(), 0);
  for (const key of ['s', 'a', 'u']) await page.page.keyboard.press(key);
  await page.go('#lists');
  assert.equal(await page.page.locator('main button').count(), 0);
  assert.deepEqual(sent, []);
  await page.close();
});

test('a moderator judges on their site, but deletes nothing and decides for no other', async () => {
  const page = await desk.page({ role: 'moderator' });
  await page.go('#queue?tab=all');
  await page.page.locator('.rows .box').nth(1).click();
  await page.page.locator('.bulk').waitFor();
  assert.doesNotMatch(await page.page.innerText('.bulk'), /Delete|for all sites/);
  await page.page.click('.bulk button.spam');
  await page.page
    .getByText(/Reported as spam/)
    .first()
    .waitFor();
  await page.go('#lists');
  const removable = await page.page.locator('.lists tbody tr:has(td.actions button)').allInnerTexts();
  assert.equal(removable.length, 1);
  assert.match(removable[0], /of the garden/);
  await page.page.getByRole('button', { name: 'Add an entry' }).click();
  await page.page.locator('dialog').waitFor();
  assert.deepEqual(await page.page.locator('dialog select[name=site] option').allInnerTexts(), ['garden.example.org']);
  await page.close();
});

test('nobody who is not signed in sees anything but the door', async () => {
  const page = await desk.page({ role: null });
  await page.go(`#comment/${verdicts[0].id}`);
  assert.equal(await page.page.innerText('main h1'), 'Sign in');
  assert.equal(await page.page.locator('.nav').count(), 0);
  assert.deepEqual(await page.axe(), []);
  await page.shot('sign-in');
  await page.page.fill('[name=name]', kOwner.name);
  await page.page.fill('[name=password]', 'not this one');
  await page.page.keyboard.press('Enter');
  await page.page.getByText('Name or password is wrong.').waitFor();
  await page.page.fill('[name=password]', kOwner.password);
  await page.page.keyboard.press('Enter');
  await page.page.locator('.decision').waitFor();
  assert.match(page.page.url(), /#comment\//, 'and then is where they wanted to go');
  await page.page.getByRole('button', { name: 'Sign out' }).click();
  await page.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await page.page.locator('.decision').count(), 0);
  await page.close();
});

test('a session that ended elsewhere leads to the door, and back to the same place', async () => {
  await desk.enter('owner twice', '/session', kOwner);
  const page = await desk.page({ role: 'owner twice' });
  await page.go('#rules');
  await desk.api('DELETE', '/session', undefined, 'owner twice');
  await page.page.click('.nav a[data-screen="lists"]');
  await page.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.page.fill('[name=name]', kOwner.name);
  await page.page.fill('[name=password]', kOwner.password);
  await page.page.keyboard.press('Enter');
  await page.page.getByRole('heading', { name: 'Lists' }).waitFor();
  await page.close();
});
