// The queue: tabs, search and filters in the address, pages, several at once, undo, what is new.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { kComments, kMany } from './comments.mjs';
import { Desk } from './desk.mjs';

let desk;
let page;
before(async () => {
  desk = await Desk.start();
  await desk.check([...kMany, ...kComments]);
});
after(() => desk.close());
beforeEach(async () => {
  page = await desk.page();
});
afterEach(async () => {
  const { wrong } = page;
  await page.close();
  assert.deepEqual(wrong, []);
});

const rows = () => page.page.locator('.rows tbody tr');
const authors = () => page.page.locator('.rows .author').allInnerTexts();
const reports = async () => (await desk.api('GET', '/verdicts?tab=reported&limit=200')).verdicts.length;
const toast = (text) => page.page.locator('.toast', { hasText: text });
const query = () => new URLSearchParams(page.page.url().split('?')[1]);

test('the columns are there, and a row says why', async () => {
  await page.go('#queue?tab=all');
  assert.deepEqual((await page.page.locator('.rows th').allTextContents()).slice(1), [
    'Time',
    'Site and page',
    'Author',
    'Comment',
    'Verdict',
    'Why',
    'Actions',
  ]);
  const pills = rows().filter({ hasText: 'Cheap Pills 24' });
  assert.match(await pills.locator('.verdict').innerText(), /Spam|Discarded/);
  assert.match(await pills.locator('.hosts').innerText(), /pills\.example/);
  assert.match(await pills.locator('.reasons').innerText(), /\+\d/);
});

test('tabs have counts, and hold what they say', async () => {
  await page.go('#queue?tab=all');
  await page.page.locator('.tabs .count').nth(5).waitFor();
  const all = Number(await page.page.locator('.tabs .count').nth(5).innerText());
  assert.equal(all, kMany.length + kComments.length);
  await page.page.locator('.tabs a', { hasText: 'Ham' }).click();
  await page.settled();
  assert.equal(query().get('tab'), 'ham');
  for (const outcome of await page.page.locator('.rows .outcome').allInnerTexts()) assert.equal(outcome, 'Ham');
});

test('older comments are a page further, and the way back leads to the newest', async () => {
  await page.go('#queue?tab=all');
  assert.equal(await rows().count(), 50);
  const first = await authors();
  await page.page.getByText('Older').click();
  await page.page.getByText('Newest').waitFor();
  await page.settled();
  const second = await authors();
  assert.equal(second.length, kMany.length + kComments.length - 50);
  assert.deepEqual(
    second.filter((name) => first.includes(name)),
    [],
  );
  await page.page.getByText('Newest').click();
  await page.page.getByText('Older').waitFor();
  assert.deepEqual(await authors(), first);
});

test('a search is in the address, and survives a reload', async () => {
  await page.go();
  await page.page.fill('#q', 'author:marek');
  await page.page.keyboard.press('Enter');
  await rows().first().waitFor();
  assert.equal(query().get('q'), 'author:marek');
  await page.page.reload();
  await rows().first().waitFor();
  assert.deepEqual(await authors(), ['Marek']);
  assert.equal(await page.page.inputValue('#q'), 'author:marek');
});

test('filters write the search, and leave the rest of it', async () => {
  await page.go('#queue?tab=all&q=visitor*+-57');
  await page.page.getByRole('button', { name: 'Filters' }).click();
  await page.page.locator('select[name=site] option', { hasText: 'garden' }).waitFor({ state: 'attached' });
  await page.page.selectOption('select[name=site]', { label: 'garden.example.org' });
  await page.settled();
  await page.page.selectOption('select[name=outcome]', 'ham');
  await page.settled();
  await page.page.getByLabel('Score to').fill('60');
  await page.page.getByLabel('Score to').press('Tab');
  await page.settled();
  assert.equal(query().get('q'), `visitor* -57 site:${desk.sites[0].id} outcome:ham score:..0.6`);
  assert.equal(await page.page.locator('.failure').count(), 0);
  await page.page.locator('select[name=site] option', { hasText: 'garden' }).waitFor({ state: 'attached' });
  await page.page.waitForFunction(
    (id) => document.querySelector('select[name=site]').value === id,
    String(desk.sites[0].id),
  );
  await page.page.getByRole('button', { name: 'Filters' }).click();
});

test('a term that cannot be read is told', async () => {
  await page.go('#queue?tab=all&q=score:high');
  assert.match(await page.page.innerText('main .failure'), /score/);
});

test('a search without hits says so, and where there are some', async () => {
  await page.go('#queue?tab=spam&q=author:marek');
  await page.page.getByText('Nothing here matches the search.').waitFor();
  await page.page.locator('.nothing a.button').first().waitFor();
  await page.page.locator('.nothing a.button', { hasText: 'All' }).click();
  await rows().first().waitFor();
  assert.deepEqual(await authors(), ['Marek']);
});

test('one is judged from its row, which stays where it is; undo takes it back', async () => {
  await page.go('#queue?tab=all&q=author:ruth');
  const before = await reports();
  await rows().first().locator('button.spam').click();
  await toast('Reported as spam.').waitFor();
  assert.equal(await rows().count(), 1);
  assert.match(await rows().first().innerText(), /Reported as spam/);
  assert.equal(await reports(), before + 1);
  await page.shot('queue-judged');
  await page.page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await toast('Report withdrawn').waitFor();
  assert.equal(await reports(), before);
  assert.equal(await rows().first().locator('button.spam').count(), 1);
});

test('several are chosen with Shift and judged at once, by id, and only those shown', async () => {
  await page.go('#queue?tab=all&q=visitor*');
  const before = await reports();
  await page.page.locator('.rows tbody .box').nth(2).click();
  await page.page
    .locator('.rows tbody .box')
    .nth(6)
    .click({ modifiers: ['Shift'] });
  assert.match(await page.page.innerText('.bulk'), /5 selected/);
  await page.shot('queue-bulk');
  const ids = await page.page.locator('.rows tr.chosen').evaluateAll((all) => all.map((row) => row.id.slice(4)));
  // What arrives meanwhile is not among them.
  await desk.check([{ ...kMany[0], author: 'Visitor meanwhile' }]);
  const sent = page.page.waitForRequest((request) => request.url().endsWith('/verdicts/reports'));
  await page.page.click('.bulk button.ham');
  assert.deepEqual((await sent).postDataJSON(), { ids, label: 'ham' });
  await toast('5 comments reported as not spam.').waitFor();
  assert.equal(await page.page.locator('.rows tr.decided').count(), 5);
  assert.equal(await reports(), before + 5);
  await page.page.keyboard.press('u');
  await toast('5 reports withdrawn').waitFor();
  assert.equal(await reports(), before);
});

test('what is new is offered, and moves no row', async () => {
  await page.page.clock.install();
  await page.go('#queue?tab=all');
  const before = await authors();
  await desk.check([{ author: 'Just arrived', content: 'Good morning, is the shop open on Sunday?' }]);
  await page.page.clock.runFor(25000);
  await page.page.getByRole('button', { name: '1 new comment' }).waitFor();
  assert.deepEqual(await authors(), before);
  await page.page.getByRole('button', { name: '1 new comment' }).click();
  await page.page.getByText('Just arrived').waitFor();
});

test('a comment that was judged on its own page is decided in the queue that one comes back to', async () => {
  await page.go('#queue?tab=all&q=author:kenji');
  await page.page.click('.rows .excerpt');
  await page.page.locator('.decision button.ham').click();
  await page.page.locator('.stands').waitFor();
  await page.page.click('a.back');
  await rows().first().waitFor();
  assert.match(await rows().first().innerText(), /Reported as not spam/);
  assert.match(await page.page.evaluate(() => document.activeElement.id), /^row-/);
  await page.page.keyboard.press('u');
  await toast('Report withdrawn').waitFor();
});

test('comments like the one that was freed are named, and can be reviewed', async () => {
  const campaign = [...Array(4)].map((_, i) => ({
    author: `Buyer ${i}`,
    content: `Buy viagra and cialis at the best prices without prescription, my order number was ${i}, fast shipping worldwide guaranteed`,
  }));
  const [first] = await desk.check(campaign);
  assert.match(first.outcome, /spam|discard/);
  await page.go(`#comment/${first.id}`);
  await page.page.keyboard.press('a');
  await page.page.locator('.toast a').waitFor();
  assert.match(await page.page.innerText('.toast'), /3 other comments like it would be ham now/);
  await page.page.click('.toast a');
  await rows().first().waitFor();
  assert.match(query().get('q'), /^like:/);
  assert.match((await authors()).join(), /Buyer 3/);
});

test('an owner deletes for good, and the log says so', async () => {
  await page.go('#queue?tab=all&q=%22Visitor+7%22');
  await page.page.locator('.rows tbody .box').first().click();
  await page.page.getByRole('button', { name: 'Delete…' }).click();
  await page.page.fill('dialog [name=reason]', 'asked to be forgotten');
  await page.page.getByRole('button', { name: 'Delete 1 comment' }).click();
  await toast('1 comment deleted.').waitFor();
  assert.equal(await rows().count(), 0);
  await page.go('#log?only=deletions');
  assert.match(await page.page.innerText('.log tbody tr:first-child'), /asked to be forgotten/);
});
