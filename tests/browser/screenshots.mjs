// Makes the screenshots of the README: tests/browser/run DIRECTORY-OF-BINARIES screenshots.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { kComments, kWrongly_blocked } from './comments.mjs';
import { Desk } from './desk.mjs';

const folder = join(process.env.DESK_TOP, 'service/web/screenshots');
mkdirSync(folder, { recursive: true });
const desk = await Desk.start();
// Without those that need fonts which a small machine has not.
const verdicts = await desk.check([...kComments.filter((one) => one.author !== 'Kenji'), kWrongly_blocked]);
await desk.api('POST', '/verdicts/reports', { ids: [verdicts[3].id], label: 'spam' });
const page = await desk.page({ size: { width: 1280, height: 800 } });
for (const [name, hash] of Object.entries({ queue: '#queue?tab=all', comment: `#comment/${verdicts.at(-1).id}` })) {
  await page.go(hash);
  await page.page.evaluate(() => document.activeElement.blur());
  await page.page.screenshot({ path: join(folder, `${name}.png`) });
}
await page.close();
await desk.close();
