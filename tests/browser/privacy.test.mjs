// What is kept of a person: shown short, found, exported, erased; and the log that proves it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { kComments } from './comments.mjs';
import { Desk } from './desk.mjs';

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
const dialog = () => page.page.locator('dialog');
const find = async (who, by = 'email') => {
  await page.go('#privacy');
  await page.page.locator('[name=by]').selectOption(by);
  await page.page.fill('[name=who]', who);
  await press('Find');
};

test('an e-mail address is shown as a pseudonym, in the queue and beside the comment', async () => {
  await page.go('#queue?tab=all');
  await page.page
    .getByText(/^e-mail #[0-9a-f]{8}$/)
    .first()
    .waitFor();
  assert.doesNotMatch(await page.page.innerText('main'), /anna@example\.org|~e\d/);
  await page.go(`#comment/${verdicts[0].id}`);
  await page.page
    .getByText(/^e-mail #/)
    .first()
    .waitFor();
  assert.doesNotMatch(await page.page.innerText('main'), /anna@|~[ea]\d/);
  assert.deepEqual(await page.axe(), []);
});

test('a whole address finds its comments', async () => {
  await page.go('#queue?tab=all&q=email:Anna@example.org');
  await page.page.getByText('The pears have taken').waitFor();
  assert.equal((await page.page.locator('[data-id], .queue tbody tr, .rows > *').count()) > 0, true);
});

test('a person is found, exported, and erased for good', async () => {
  await find('nobody@example.org');
  await page.page.getByText('Nothing is kept of this person.').waitFor();
  await find('Anna@example.org');
  await page.page.getByText('Verdicts: 1; reports: 0.').waitFor();
  await page.shot('privacy-person');
  assert.deepEqual(await page.axe(), []);
  const download = page.page.waitForEvent('download');
  await press('Export as a file');
  const [entry] = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  assert.equal(entry.comment.author, 'Anna');
  assert.equal(entry.id, verdicts[0].id);
  await press('Erase for good…');
  await dialog().getByText('This cannot be undone.').waitFor();
  await page.page.keyboard.press('Escape');
  await press('Erase for good…');
  await dialog().getByRole('button', { name: 'Erase for good…' }).click();
  await page.page.locator('.toast', { hasText: 'Erased. Verdicts: 1; reports: 0.' }).waitFor();
  await page.page.getByText('A person was erased').waitFor();
  await find('anna@example.org');
  await page.page.getByText('Nothing is kept of this person.').waitFor();
  assert.equal((await desk.api('GET', '/verdicts?q=pears%20taken')).verdicts.length, 0);
  const [act] = (await desk.api('GET', '/log?only=deletions')).entries;
  assert.deepEqual([act.act, act.what], ['privacy.delete', { reports: 0, verdicts: 1 }]);
  assert.deepEqual(page.wrong, []);
});
