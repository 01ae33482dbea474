// Everything without a mouse, and always with a focus that can be seen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kComments } from './comments.mjs';
import { Desk, kOwner } from './desk.mjs';

let desk;
before(async () => {
  desk = await Desk.start();
  await desk.check(kComments);
});
after(() => desk.close());

const focus = (page) => page.page.evaluate(() => document.activeElement.textContent.trim().slice(0, 60));
// As when the page was just opened, the next Tab is its first.
const to_the_beginning = (page) =>
  page.page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
// Presses Tab until the element has the focus.
async function tab_to(page, selector) {
  for (let i = 0; i < 80; ++i) {
    await page.page.keyboard.press('Tab');
    if (await page.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`Tab does not reach ${selector}`);
}

test('signing in, and to a screen by the navigation', async () => {
  const page = await desk.page({ role: null });
  await page.go();
  await page.page.keyboard.type(kOwner.name);
  await page.page.keyboard.press('Tab');
  await page.page.keyboard.type(kOwner.password);
  await page.page.keyboard.press('Enter');
  await page.page.getByRole('heading', { name: 'Queue' }).waitFor();
  await tab_to(page, '.nav a[data-screen="rules"]');
  await page.page.keyboard.press('Enter');
  await page.page.getByRole('heading', { name: 'Rules' }).waitFor();
  assert.equal(await focus(page), 'Rules', 'the new screen has the focus');
  await page.close();
});

test('the first stop skips the navigation', async () => {
  const page = await desk.page();
  await page.go('#rules');
  await to_the_beginning(page);
  await page.page.keyboard.press('Tab');
  assert.equal(await focus(page), 'To the content');
  await page.page.keyboard.press('Enter');
  assert.equal(await page.page.evaluate(() => document.activeElement.id), 'main');
  assert.match(page.page.url(), /#rules/);
  await page.close();
});

test('every stop of every screen shows its focus', async () => {
  const page = await desk.page();
  for (const hash of ['#queue?tab=all', '#try', '#lists', '#statistics', '#sites', '#people', '#settings']) {
    await page.go(hash);
    await to_the_beginning(page);
    let stops = 0;
    for (let i = 0; i < 60; ++i, ++stops) {
      await page.page.keyboard.press('Tab');
      const shown = await page.page.evaluate(() => {
        const element = document.activeElement;
        if (element === document.body) return 'end';
        const style = getComputedStyle(element);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
          ? ''
          : element.outerHTML.slice(0, 120);
      });
      if (shown === 'end') break;
      assert.equal(shown, '', hash);
    }
    assert.ok(stops >= 15, `${hash} has ${stops} stops`);
  }
  await page.close();
});

test('j, k, x, s, a, u, Enter and the way back', async () => {
  const page = await desk.page();
  await page.go('#queue?tab=all');
  const focused = () => page.page.evaluate(() => document.activeElement.closest('tr')?.rowIndex);
  for (const key of ['j', 'j', 'j', 'k']) await page.page.keyboard.press(key);
  assert.equal(await focused(), 2);
  await page.page.keyboard.press('x');
  await page.page.keyboard.press('j');
  await page.page.keyboard.press('x');
  assert.match(await page.page.innerText('.bulk'), /2 selected/);
  await page.page.keyboard.press('s');
  await page.page.getByText('2 comments reported as spam.').waitFor();
  assert.equal(await focused(), 3, 'the row keeps the focus');
  await page.page.keyboard.press('u');
  await page.page.getByText('2 reports withdrawn').waitFor();
  await page.page.keyboard.press('a');
  await page.page.getByText('Reported as not spam.').waitFor();
  await page.page.keyboard.press('u');
  await page.page.getByText('Report withdrawn').waitFor();
  await page.page.keyboard.press('Enter');
  await page.page.locator('.decision').waitFor();
  await page.page.keyboard.press('s');
  await page.page.locator('.stands').waitFor();
  await page.page.keyboard.press('u');
  await page.page.locator('.stands').waitFor({ state: 'detached' });
  await page.page.keyboard.press('t');
  await page.page.getByText(/^It would/).waitFor();
  await page.page.goBack();
  await page.page.locator('.decision').waitFor();
  await page.page.keyboard.press('Backspace');
  await page.page.locator('.rows').waitFor();
  assert.equal(await focused(), 3, 'and has it again when one comes back');
  assert.deepEqual(page.wrong, []);
  await page.close();
});

test('1 to 5, / and ?; off while one types', async () => {
  const page = await desk.page();
  await page.go('#queue?tab=all');
  for (const [key, tab] of [
    ['1', 'unsure'],
    ['2', 'spam'],
    ['3', 'ham'],
    ['4', 'discard'],
    ['5', 'reported'],
  ]) {
    await page.page.keyboard.press(key);
    await page.page.waitForURL(`**#queue?tab=${tab}`);
    await page.settled();
  }
  await page.page.keyboard.press('/');
  await page.page.keyboard.type('sax 12?');
  assert.equal(await page.page.inputValue('#q'), 'sax 12?');
  assert.equal(await page.page.locator('dialog, .toast').count(), 0);
  await page.page.keyboard.press('Escape');
  await page.page.keyboard.press('?');
  await page.page.locator('dialog').waitFor();
  assert.match(await page.page.innerText('dialog'), /Next comment[\s\S]*Take back what was done last/);
  assert.deepEqual(await page.axe(), []);
  await page.shot('keys');
  await page.page.keyboard.press('j');
  await page.page.keyboard.press('Escape');
  await page.page.locator('dialog').waitFor({ state: 'detached' });
  await page.close();
});

test('a dialog keeps the focus inside, and gives it back', async () => {
  const page = await desk.page();
  await page.go('#lists');
  await tab_to(page, 'main .title button');
  await page.page.keyboard.press('Enter');
  await page.page.locator('dialog').waitFor();
  for (let i = 0; i < 25; ++i) {
    await page.page.keyboard.press('Tab');
    assert.ok(
      await page.page.evaluate(
        () => document.activeElement === document.body || document.activeElement.closest('dialog') !== null,
      ),
    );
  }
  assert.deepEqual(await page.axe(), []);
  await page.page.keyboard.press('Escape');
  await page.page.locator('dialog').waitFor({ state: 'detached' });
  assert.equal(await focus(page), 'Add an entry');
  await page.close();
});
