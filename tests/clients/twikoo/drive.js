import assert from 'node:assert/strict'
import spam from 'twikoo-func/utils/spam.js'

const {env} = process
const judge = (kind, key) => spam.postCheckSpam(
  {
    id: kind, ip: env[`${kind}_IP`], ua: env.AGENT, href: env.PERMALINK, nick: env[`${kind}_AUTHOR`],
    mail: env[`${kind}_EMAIL`], link: env[`${kind}_URL`], comment: `<p>${env[`${kind}_CONTENT`]}</p>`,
  },
  {AKISMET_KEY: key, SITE_URL: env.SITE, BLOGGER_EMAIL: 'owner@example.org'})

assert.equal(await judge('SPAM', env.KEY), true, 'spam')
assert.equal(await judge('HAM', env.KEY), false, 'ham')
assert.equal(await judge('SPAM', env.WRONG_KEY), undefined, 'spam with a wrong key')
