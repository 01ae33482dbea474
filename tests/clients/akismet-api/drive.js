import assert from 'node:assert/strict'
import {AkismetClient} from 'akismet-api'

const {env} = process
const client = (key, options) => new AkismetClient({key, blog: env.SITE, ...options})
const comment = kind => ({
  ip: env[`${kind}_IP`], useragent: env.AGENT, referer: env.SITE, permalink: env.PERMALINK, type: 'comment',
  name: env[`${kind}_AUTHOR`], email: env[`${kind}_EMAIL`], url: env[`${kind}_URL`], content: env[`${kind}_CONTENT`],
})

for (const options of [{}, {host: 'winnow.example.org:80', protocol: 'http'}]) {
  const right = client(env.KEY, options)
  const wrong = client(env.WRONG_KEY, options)
  assert.equal(await right.verifyKey(), true, 'verifyKey of the right key')
  assert.equal(await wrong.verifyKey(), false, 'verifyKey of a wrong key')
  await assert.rejects(wrong.checkSpam(comment('HAM')), {message: 'Invalid API key'})
  assert.equal(await right.checkSpam(comment('SPAM')), true, 'checkSpam of spam')
  assert.equal(await right.checkSpam(comment('HAM')), false, 'checkSpam of ham')
}
const right = client(env.KEY)
assert.equal((await right.submitHam(comment('SPAM'))).text, 'Thanks for making the web a better place.')
assert.equal((await right.submitSpam(comment('HAM'))).text, 'Thanks for making the web a better place.')
