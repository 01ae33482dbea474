// Comments that attack who reads them. Their text is only ever text.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { kHostile } from './comments.mjs';
import { Desk, kDesktop, kPhone } from './desk.mjs';

let desk;
let ids;
before(async () => {
  desk = await Desk.start();
  ids = Object.fromEntries(
    (await desk.check(Object.values(kHostile))).map((verdict, i) => [Object.keys(kHostile)[i], verdict.id]),
  );
});
after(() => desk.close());

async function harmless(page, name) {
  assert.equal(await page.page.evaluate(() => window.pwned), undefined, `${name}: a script of the comment ran`);
  const foreign = await page.page.evaluate(() =>
    [...document.querySelectorAll('main a[href], main img, main iframe, main script, main svg [onload]')]
      .map((one) => one.outerHTML)
      .filter((html) => !/^<a [^>]*href="(#|\/admin)/.test(html)),
  );
  assert.deepEqual(foreign, [], `${name}: elements of the comment`);
  assert.equal(await page.too_wide(), 0, `${name}: wider than the window`);
  assert.deepEqual(page.wrong, [], name);
}

for (const [size_name, size] of Object.entries({ desktop: kDesktop, phone: kPhone }))
  describe(size_name, () => {
    test('all of them in the queue', async () => {
      const page = await desk.page({ size });
      await page.go('#queue?tab=all');
      assert.equal(await page.page.locator('.rows tbody tr').count(), Object.keys(kHostile).length);
      await page.shot(`hostile-queue-${size_name}`);
      assert.deepEqual(await page.axe(), []);
      await harmless(page, 'queue');
      await page.close();
    });

    for (const name of Object.keys(kHostile))
      test(`${name}: the comment, and trying it again`, async () => {
        const page = await desk.page({ size });
        for (const hash of [`#comment/${ids[name]}`, `#try?like=${ids[name]}`]) {
          await page.go(hash);
          await page.page.locator('.comment-text').first().waitFor();
          await page.shot(`hostile-${name}-${hash.slice(1, 4)}-${size_name}`);
          await harmless(page, `${name} ${hash}`);
        }
        assert.deepEqual(await page.axe(), []);
        await page.close();
      });
  });

test('script tags are shown as they were written', async () => {
  const page = await desk.page();
  await page.go(`#comment/${ids.script}`);
  const stored = await desk.api('GET', `/verdicts/${ids.script}`);
  assert.equal(stored.comment.content, kHostile.script.content);
  assert.equal(await page.page.locator('.comment-text').first().textContent(), stored.explanation.text);
  assert.match(await page.page.innerText('.byline'), /<script>window.pwned = 1<\/script>/);
  await page.close();
});

test('of 100,000 characters the first are shown, and all on demand', async () => {
  const page = await desk.page();
  await page.go(`#comment/${ids.long}`);
  const text = page.page.locator('.comment-text').first();
  assert.equal((await text.textContent()).length, 6000);
  await page.page.getByRole('button', { name: /^Show all 1?\d\d,\d\d\d characters/ }).click();
  assert.match(await text.textContent(), /end$/);
  await harmless(page, 'long');
  await page.close();
});

test('of 3,000 links twenty are shown, and all on demand; none can be followed', async () => {
  const page = await desk.page();
  await page.go(`#comment/${ids.links}`);
  assert.equal(await page.page.locator('.links li').count(), 20);
  const all = page.page.getByRole('button', { name: /^Show all [\d,]+ links/ });
  const said = Number((await all.textContent()).replace(/\D/g, ''));
  await all.click();
  assert.equal(await page.page.locator('.links li').count(), said);
  await harmless(page, 'links');
  await page.close();
});

test('a right-to-left override turns nothing but itself', async () => {
  const page = await desk.page();
  await page.go(`#comment/${ids.rtl}`);
  const isolated = await page.page.evaluate(
    () => getComputedStyle(document.querySelector('.byline .author bdi')).unicodeBidi,
  );
  assert.match(isolated, /isolate/);
  await page.close();
});
