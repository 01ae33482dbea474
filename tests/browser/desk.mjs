// A winnowd of its own with people, sites and comments, all made through its API, and pages of a browser that is signed in.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const { DESK_BIN, DESK_TOP, DESK_WORK } = process.env;
const require = createRequire(join(DESK_WORK, 'package.json'));
const { chromium } = require('playwright-core');
const axe_source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const kOwner = { name: 'Anna Weber', password: 'correct horse battery' };
export const kDesktop = { width: 1280, height: 860 };
export const kPhone = { width: 360, height: 740 };
export const kSites = ['https://garden.example.org', 'https://kitchen.example.net'];

// Ends by close(), which ends the process that was started here and no other.
export class Desk {
  static async start({ people = true } = {}) {
    const desk = new Desk();
    desk.data = mkdtempSync(join(tmpdir(), 'winnow-browser-'));
    desk.process = spawn(
      join(DESK_BIN, 'winnowd'),
      ['--listen', '127.0.0.1:0', '--data', desk.data, '--model', join(DESK_TOP, 'models/current'), '--rules', ''],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const lines = createInterface({ input: desk.process.stdout });
    desk.url = await new Promise((resolve, reject) => {
      lines.once('line', (line) => resolve(line.replace(/^.*?(http:)/, '$1')));
      desk.process.once('exit', (code) => reject(new Error(`winnowd ended with ${code}`)));
    });
    desk.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    desk.sessions = new Map();
    if (people) await desk.set_up();
    return desk;
  }

  async close() {
    await this.browser.close();
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }

  // Of the command line, on the same database.
  cli(...words) {
    return execFileSync(join(DESK_BIN, 'winnow'), ['--data-dir', this.data, ...words], { encoding: 'utf8' }).trim();
  }

  set_up_code() {
    return this.cli('person', 'setup').replace(/^.*#setup=/, '');
  }

  async set_up_person() {
    await this.enter('owner', '/setup', { code: this.set_up_code(), ...kOwner });
  }

  async set_up() {
    await this.set_up_person();
    this.sites = [];
    for (const url of kSites) this.sites.push(await this.api('POST', '/sites', { url }));
    const made = await this.api('POST', '/keys', { sites: null, kind: 'api' });
    this.key = made.key;
  }

  // Takes the session that a call gives.
  async enter(role, path, body) {
    const reply = await fetch(`${this.url}/api/v1/admin${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    const cookie = reply.headers.get('set-cookie').split(';')[0];
    this.sessions.set(role, { cookie, csrf: (await reply.json()).csrf });
  }

  async api(method, path, body, role = 'owner') {
    const { cookie, csrf } = this.sessions.get(role);
    const reply = await fetch(`${this.url}/api/v1/admin${path}`, {
      method,
      headers: { Cookie: cookie, 'X-CSRF-Token': csrf, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.status === 204 ? null : reply.json();
  }

  // A person of that role, who sees the first site alone; the name of the role is theirs.
  async add_person(role) {
    const password = `${role} has a password`;
    await this.api('POST', '/people', {
      name: role,
      role,
      sites: role === 'owner' ? null : [this.sites[0].id],
      password,
    });
    await this.enter(role, '/session', { name: role, password });
  }

  // Checks comments, oldest first; resolves with their verdicts.
  async check(comments) {
    const verdicts = [];
    for (const { site = 0, ...comment } of comments) {
      const reply = await fetch(`${this.url}/api/v1/check`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          blog: kSites[site],
          user_ip: '203.0.113.7',
          permalink: `${kSites[site]}/2026/grafting-pears`,
          type: 'comment',
          ...comment,
        }),
      });
      if (!reply.ok) throw new Error(`check: ${reply.status} ${await reply.text()}`);
      verdicts.push(await reply.json());
    }
    return verdicts;
  }

  // A page of somebody signed in (or of nobody: null), which watches itself: see Watched.
  async page({ role = 'owner', size = kDesktop, theme = 'light', locale = 'en-GB' } = {}) {
    const context = await this.browser.newContext({
      viewport: size,
      colorScheme: theme,
      locale,
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(20000);
    if (role) {
      const [name, value] = this.sessions.get(role).cookie.split('=');
      await context.addCookies([{ name, value, url: this.url, httpOnly: true, sameSite: 'Strict' }]);
    }
    return new Watched(await context.newPage(), this.url);
  }
}

// A page and what went wrong in it: errors of scripts, what the policy refused, calls to elsewhere, dialogs that a script opened.
export class Watched {
  constructor(page, url) {
    this.page = page;
    this.url = url;
    this.wrong = [];
    page.on('pageerror', (error) => this.wrong.push(error.stack));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
        this.wrong.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
        this.wrong.push(`called ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      this.wrong.push(`a dialog said ${dialog.message()}`);
      dialog.dismiss();
    });
  }

  // Goes to a screen and waits until all that it asked for is shown.
  async go(hash = '') {
    await this.page.goto('about:blank');
    await this.page.goto(`${this.url}/admin${hash}`);
    await this.settled();
  }

  async settled() {
    await this.page.waitForFunction(
      () => document.querySelector('main h1') && !document.querySelector('[aria-busy="true"]'),
    );
  }

  async shot(name) {
    await this.page.screenshot({ path: join(DESK_WORK, 'shots', `${name}.png`) });
  }

  // What axe-core finds, as lines. It is evaluated by the debugger, for the page's policy lets no foreign script in.
  async axe() {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Runtime.evaluate', { expression: axe_source });
    const asked = `axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.map((one) => one.impact + ' ' + one.id + ': ' + one.nodes[0].html.slice(0, 200) + ' ' + one.nodes[0].failureSummary))`;
    const { result } = await session.send('Runtime.evaluate', {
      expression: asked,
      awaitPromise: true,
      returnByValue: true,
    });
    await session.detach();
    return result.value;
  }

  // How many CSS pixels the page is wider than its window.
  async too_wide() {
    return this.page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
  }

  async close() {
    await this.page.context().close();
  }
}

export const kScreens = [
  'queue',
  'try',
  'rules',
  'lists',
  'training',
  'statistics',
  'sites',
  'people',
  'privacy',
  'log',
  'settings',
  'start',
];
