// What can be done on the other screens: done, seen to be done, and in the log.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { kComments } from './comments.mjs';
import { Desk, kOwner } from './desk.mjs';

let desk;
let verdicts;
let page;
before(async () => {
  desk = await Desk.start();
  verdicts = await desk.check(kComments);
  page = await desk.page();
});
after(async () => {
  await page.close();
  await desk.close();
});

const press = (name) => page.page.getByRole('button', { name, exact: true }).first().click();
const toast = (text) => page.page.locator('.toast', { hasText: text }).waitFor();
const dialog = () => page.page.locator('dialog');

test('a domain is blocked from the comment that it is in, and what is blocked so is spam', async () => {
  await page.go(`#comment/${verdicts[1].id}`);
  await page.page
    .getByRole('button', { name: /^Block: .*example\.com$/ })
    .last()
    .click();
  assert.match(await dialog().locator('[name=pattern]').inputValue(), /example\.com/);
  await page.shot('entry');
  await dialog().getByRole('button', { name: 'Add' }).click();
  await toast('Blocked from now on:');
  const [again] = await desk.check([kComments[1]]);
  assert.match(again.outcome, /spam|discard/);
  await page.page.keyboard.press('u');
  await toast('Entry removed.');
  assert.deepEqual((await desk.api('GET', '/lists')).entries, []);
});

test('a list entry is made, found, and removed', async () => {
  await page.go('#lists');
  await press('Add an entry');
  await dialog().locator('[name=list]').selectOption('allow');
  await dialog().locator('[name=field]').selectOption('email');
  await dialog().locator('[name=pattern]').fill('*@friends.example');
  await dialog().locator('[name=note]').fill('the choir');
  await dialog().getByRole('button', { name: 'Add' }).click();
  await page.page.getByText('the choir').waitFor();
  await page.page.getByRole('button', { name: 'Remove: *@friends.example' }).click();
  await page.page.getByText('No entries.').waitFor();
});

test('what the server refuses is told in the dialog, which stays', async () => {
  await page.go('#lists');
  await press('Add an entry');
  await dialog().locator('[name=field]').selectOption('address');
  await dialog().locator('[name=pattern]').fill('not an address');
  await dialog().getByRole('button', { name: 'Add' }).click();
  await dialog().locator('.said:not(:empty)').waitFor();
  assert.equal(await dialog().locator('[name=pattern]').inputValue(), 'not an address');
  await page.page.keyboard.press('Escape');
});

test('a rule is turned off and on again', async () => {
  await page.go('#rules?find=author.sells');
  const turn = page.page.getByRole('switch', { name: 'Rule author.sells in force', exact: true });
  await turn.click();
  await toast('author.sells is off, everywhere.');
  assert.equal(await turn.getAttribute('aria-checked'), 'false');
  const rule = async () => (await desk.api('GET', '/rules')).rules.find((one) => one.id === 'author.sells');
  assert.equal((await rule()).on, false);
  await page.page.keyboard.press('u');
  await toast('Taken back.');
  assert.equal((await rule()).on, true);
});

test('a text is tried, explained, and not stored', async () => {
  const before = (await desk.api('GET', '/verdicts/counts')).counts.all;
  await page.go('#try');
  await page.page.fill('[name=content]', 'Buy ch\u200Beap v1agra at http://pills.example/buy now');
  await page.page.fill('[name=author]', 'Cheap Pills');
  await press('Judge it');
  await page.page.getByText(/^It would be blocked/).waitFor();
  assert.match(await page.page.innerText('.folded'), /Undone:/);
  assert.equal((await desk.api('GET', '/verdicts/counts')).counts.all, before);
});

test('a site gets thresholds of its own, and log only', async () => {
  await page.go('#sites');
  await page.page.getByRole('button', { name: 'Change: garden.example.org' }).click();
  await dialog().locator('[name=spam]').fill('95');
  await dialog().locator('[name=log_only]').check();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await toast('Saved.');
  await page.page.locator('.sites').getByText('Log only').waitFor();
  assert.match(await page.page.innerText('.sites'), /Spam 95/);
  const [site] = (await desk.api('GET', '/sites')).sites.filter((one) => one.id === desk.sites[0].id);
  assert.equal(site.log_only, true);
  assert.equal(site.thresholds.spam, 0.95);
  assert.equal(site.thresholds.unsure, null);
});

test('a site and a key are made; the key is shown once, suspended, resumed, revoked', async () => {
  await page.go('#sites');
  await press('Add a site');
  await dialog().locator('[name=url]').fill('https://attic.example.org');
  await dialog().getByRole('button', { name: 'Add a site' }).click();
  await page.page.getByText('attic.example.org').first().waitFor();
  await press('Make a key');
  await dialog().getByLabel('attic.example.org').check();
  assert.ok(await dialog().locator('[name=scope-check]').isChecked());
  assert.ok(await dialog().locator('[name=scope-admin]').isDisabled(), 'an Akismet key may not');
  await dialog().getByRole('button', { name: 'Make a key' }).click();
  await page.page.getByText('It is shown this once').waitFor();
  const key = await dialog().locator('code').innerText();
  assert.deepEqual(await page.axe(), []);
  await page.page.keyboard.press('Escape');
  await page.settled();
  await page.page.getByText(key).waitFor({ state: 'detached' });
  const row = page.page.locator('tr', { hasText: 'for Akismet clients' }).filter({ hasText: 'attic' });
  assert.match(await row.innerText(), /check and report/);
  assert.match(await row.innerText(), /never/);
  await row.getByRole('button', { name: /^Suspend/ }).click();
  await row.getByText('suspended').waitFor();
  await row.getByRole('button', { name: /^Resume/ }).click();
  await row.getByText('good').waitFor();
  await row.getByRole('button', { name: /^Revoke/ }).click();
  await dialog().getByRole('button', { name: 'Revoke' }).click();
  await row.getByText('revoked').waitFor();
});

test('what a key may do, from where and until when is set, shown and changed', async () => {
  await page.go('#sites');
  await press('Make a key');
  await dialog().getByLabel('All sites').check();
  await dialog().locator('[name=kind]').selectOption('api');
  await dialog().locator('[name=scope-admin]').check();
  await dialog().locator('[name=scope-check]').uncheck();
  await dialog().locator('[name=networks]').fill('203.0.113.0/24, nonsense');
  await dialog().locator('[name=expires_at]').fill('2100-06-30');
  assert.deepEqual(await page.axe(), []);
  await dialog().getByRole('button', { name: 'Make a key' }).click();
  await dialog()
    .getByText(/nonsense/)
    .waitFor();
  await dialog().locator('[name=networks]').fill('203.0.113.0/24 ::1');
  await dialog().getByRole('button', { name: 'Make a key' }).click();
  const token = await dialog().locator('code').innerText();
  await page.page.keyboard.press('Escape');
  await page.settled();
  const made = async () => (await desk.api('GET', '/keys')).keys.find((key) => token.startsWith(`wnw_${key.hint}`));
  assert.deepEqual((await made()).scopes, ['feedback', 'admin']);
  assert.deepEqual((await made()).networks, ['203.0.113.0/24', '::1']);
  assert.equal((await made()).expires_at, '2100-06-30T23:59:59.000Z');
  const row = page.page.locator('tr', { hasText: (await made()).hint });
  assert.match(await row.innerText(), /report and administrate/);
  assert.match(await row.innerText(), /203\.0\.113\.0\/24/);
  await row.getByRole('button', { name: /^Change/ }).click();
  assert.equal(await dialog().locator('[name=expires_at]').inputValue(), '2100-06-30');
  await dialog().locator('[name=scope-admin]').uncheck();
  await dialog().locator('[name=networks]').fill('');
  await dialog().locator('[name=expires_at]').fill('');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await row.getByText('203.0.113.0/24').waitFor({ state: 'detached' });
  assert.deepEqual((await made()).scopes, ['feedback']);
  assert.deepEqual((await made()).networks, []);
  assert.equal((await made()).expires_at, null);
});

test('a person is added, changed and removed; the last owner stays', async () => {
  await page.go('#people');
  await press('Add a person');
  await dialog().locator('[name=name]').fill('Ben');
  await dialog().locator('[name=role]').selectOption('viewer');
  await dialog().getByLabel('kitchen.example.net').check();
  await dialog().locator('[name=password]').fill('ten characters');
  await dialog().getByRole('button', { name: 'Add a person' }).click();
  await page.page.getByText('Ben').waitFor();
  await page.page.getByRole('button', { name: 'Change: Ben' }).click();
  assert.equal(await dialog().getByLabel('kitchen.example.net').isChecked(), true);
  await dialog().locator('[name=role]').selectOption('moderator');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.page.locator('tr', { hasText: 'Ben' }).getByText('Moderator').waitFor();
  assert.match(await page.page.locator('tr', { hasText: 'Ben' }).innerText(), /Moderator[\s\S]*kitchen\.example\.net/);
  await page.page.getByRole('button', { name: 'Remove: Ben' }).click();
  await dialog().getByRole('button', { name: 'Remove' }).click();
  await page.page.locator('tr', { hasText: 'Ben' }).waitFor({ state: 'detached' });
  await page.page.getByRole('button', { name: `Remove: ${kOwner.name}` }).click();
  await dialog().getByRole('button', { name: 'Remove' }).click();
  await dialog().locator('.said:not(:empty)').waitFor();
  await page.page.keyboard.press('Escape');
});

test('the language is switched at once, and back', async () => {
  await page.go('#settings');
  await page.page.selectOption('[name=language]', 'de');
  await page.page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
  await page.page.reload();
  await page.page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
  await page.page.selectOption('[name=language]', 'en');
  await page.page.getByRole('heading', { name: 'Settings' }).waitFor();
});

// RFC 6238 with the usual SHA-1, 30 seconds and six digits.
function totp(secret, at = Date.now()) {
  const bits = [...secret.replace(/=+$/, '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

test('a second factor is set up, asked for at the door, and turned off', async () => {
  await page.go('#settings');
  const panel = page.page.locator('section.panel', { has: page.page.getByRole('heading', { name: 'Second factor' }) });
  await panel.locator('[name=password]').fill('not my password');
  await panel.getByRole('button', { name: 'Set it up' }).click();
  await panel.getByText('Your password is wrong.').waitFor();
  await panel.locator('[name=password]').fill(kOwner.password);
  await panel.getByRole('button', { name: 'Set it up' }).click();
  await panel.locator('.copyable').nth(1).waitFor();
  const [secret, uri] = await panel.locator('.copyable code').allInnerTexts();
  assert.match(uri, /^otpauth:\/\/totp\//);
  await panel.locator('[name=code]').fill(totp(secret));
  await panel.getByRole('button', { name: 'Turn it on' }).click();
  await toast('The second factor is on.');

  const door = await desk.page({ role: null });
  await door.go();
  await door.page.fill('[name=name]', kOwner.name);
  await door.page.fill('[name=password]', kOwner.password);
  await door.page.keyboard.press('Enter');
  await door.page.getByText('Now the code of your authenticator.').waitFor();
  assert.deepEqual(await door.axe(), []);
  await door.page.fill('[name=code]', totp(secret, Date.now() + 30000));
  await door.page.keyboard.press('Enter');
  await door.page.getByRole('heading', { name: 'Queue' }).waitFor();
  await door.close();

  await panel.locator('[name=password]').fill(kOwner.password);
  await panel.getByRole('button', { name: 'Turn it off' }).click();
  await toast('The second factor is off.');
});

test('too many wrong passwords: the door says how long to wait', async () => {
  await desk.api('POST', '/people', { name: 'forgetful', role: 'viewer', sites: null, password: 'ten characters' });
  const door = await desk.page({ role: null });
  await door.go();
  await door.page.fill('[name=name]', 'forgetful');
  for (let i = 0; i < 30; ++i) {
    await door.page.fill('[name=password]', `wrong ${i}`);
    await door.page.keyboard.press('Enter');
    await door.page.locator('.said:not(:empty)').waitFor();
    if (/Too many attempts/.test(await door.page.innerText('.said'))) break;
  }
  assert.match(await door.page.innerText('.said'), /Too many attempts\. Try again in \d+ seconds?\./);
  await door.close();
});

test('every act of these tests is in the log, in words', async () => {
  const after = await desk.page();
  await after.go('#log');
  await after.page.locator('.log tbody tr').first().waitFor();
  const acts = await after.page.locator('.log tbody tr td:nth-child(3)').allInnerTexts();
  assert.ok(acts.length >= 15);
  for (const act of acts) assert.doesNotMatch(act, /^[a-z_]+\.[a-z_]+$/, `${act} has no words`);
  await after.shot('log');
  await after.close();
});
