// The walk that the desk was built for: somebody says that the comment of Liselotte Brandt is gone. Whoever has never seen the desk finds it, sees why
// it was blocked, frees it, and checks that the next like it passes, in at most six actions: a click, a key, or a text typed is one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kComments, kWrongly_blocked } from './comments.mjs';
import { Desk } from './desk.mjs';

const kMost = 6;

test('a wrongly blocked comment is found, understood and freed in six actions', async () => {
  const desk = await Desk.start();
  try {
    const verdicts = await desk.check([...kComments, kWrongly_blocked]);
    assert.match(verdicts.at(-1).outcome, /spam|discard/, 'the comment is blocked to begin with');
    const page = await desk.page();
    await page.go();
    const { person, used } = counted(page.page);

    // Find it: by the name that one was told.
    await person.click('#q');
    await person.type(kWrongly_blocked.author);
    await person.press('Enter');
    const row = page.page.locator('.rows tbody tr');
    await row.first().waitFor();
    assert.equal(await row.count(), 1);
    assert.match(await row.innerText(), new RegExp(kWrongly_blocked.author));

    // See why: the row says it already, the comment's own page says all of it.
    assert.equal(await row.locator('.reasons li').count(), 2);
    await person.click('.rows .excerpt');
    await page.page.getByText(/^It was blocked/).waitFor();
    assert.ok((await page.page.locator('.signals tbody tr').count()) >= 2);
    assert.ok((await page.page.locator('.comment-text mark').count()) > 0);
    await page.shot('walk-why');

    // Free it.
    await person.click('.decision button.ham');
    await page.page.getByText('Reported as not spam.').waitFor();
    await page.page.locator('.stands').waitFor();
    await page.shot('walk-freed');

    // The next like it passes.
    await person.click('.decision a.button');
    await page.page.getByText('It would go through.').waitFor();
    await page.shot('walk-next');

    assert.ok(used() <= kMost, `${used()} actions`);
    assert.deepEqual(page.wrong, []);
    const [again] = await desk.check([kWrongly_blocked]);
    assert.equal(again.outcome, 'ham', 'and so it does, when it really comes');
  } finally {
    await desk.close();
  }
});

// Counts what a person does; waiting and reading is none of it.
function counted(page) {
  let actions = 0;
  const one =
    (act) =>
    async (...what) => {
      actions += 1;
      await act(...what);
    };
  return {
    person: {
      click: one((place) => page.click(place)),
      type: one((text) => page.keyboard.type(text)),
      press: one((key) => page.keyboard.press(key)),
    },
    used: () => actions,
  };
}
