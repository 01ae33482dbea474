// The first run: from the link that the command line prints to the first check, sent by the line that the page gives.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Desk, kOwner } from './desk.mjs';

let desk;
before(async () => {
  desk = await Desk.start({ people: false });
});
after(() => desk.close());

test('a wrong code makes nobody an owner', async () => {
  const page = await desk.page({ role: null });
  await page.go('#setup=wrong');
  await page.page.fill('[name=name]', kOwner.name);
  await page.page.fill('[name=password]', kOwner.password);
  await page.page.keyboard.press('Enter');
  await page.page.getByText(/The link’s code is wrong/).waitFor();
  await page.close();
});

test('the door says how to begin', async () => {
  const page = await desk.page({ role: null });
  await page.go();
  await page.page.getByText('winnow person setup').waitFor();
  await page.close();
});

test('account, site and key, and the proof that the first check arrived', async () => {
  const page = await desk.page({ role: null });
  await page.go(`#setup=${desk.set_up_code()}`);
  assert.deepEqual(await page.axe(), []);
  await page.shot('first-run-1');
  await page.page.fill('[name=name]', kOwner.name);
  await page.page.fill('[name=password]', kOwner.password);
  await page.page.keyboard.press('Enter');
  await page.page.fill('[name=url]', 'https://blog.example.org');
  await page.page.keyboard.press('Enter');
  await page.page.getByText('Waiting for the first check').waitFor();
  assert.deepEqual(await page.axe(), []);
  await page.shot('first-run-3');
  const [key, curl] = await page.page.locator('.copyable code').allInnerTexts();
  assert.match(key, /^[0-9a-f]{12}$/);
  assert.match(curl, new RegExp(key));
  assert.equal(execFileSync('/bin/sh', ['-c', `${curl} -s`], { encoding: 'utf8' }), 'false');
  await page.page.getByText('The first check arrived.').waitFor();
  await page.shot('first-run-arrived');
  await page.page.getByText('To the queue').click();
  await page.page.locator('.rows tbody tr').first().waitFor();
  assert.equal(await page.page.getByText(key).count(), 0, 'the key is shown once');
  assert.deepEqual(page.wrong, []);
  await page.close();
});

test('the link is of no use a second time', async () => {
  const page = await desk.page({ role: null });
  await page.go('#setup=wrong');
  await page.page.fill('[name=name]', 'another');
  await page.page.fill('[name=password]', kOwner.password);
  await page.page.keyboard.press('Enter');
  await page.page.getByText(/Somebody has set winnow up already/).waitFor();
  await page.close();
});
