import assert from 'node:assert/strict'
import {promisify} from 'node:util'
import akismet from 'akismet'

const {env} = process
const comment = kind => ({
  user_ip: env[`${kind}_IP`], user_agent: env.AGENT, referrer: env.SITE, permalink: env.PERMALINK, comment_type: 'comment',
  comment_author: env[`${kind}_AUTHOR`], comment_author_email: env[`${kind}_EMAIL`],
  comment_author_url: env[`${kind}_URL`], comment_content: env[`${kind}_CONTENT`],
})
const call = (client, name, ...words) => promisify(client[name].bind(client))(...words)

for (const options of [{}, {host: 'winnow.example.org', port: 80}]) {
  const right = akismet.client({blog: env.SITE, apiKey: env.KEY, ...options})
  const wrong = akismet.client({blog: env.SITE, apiKey: env.WRONG_KEY, ...options})
  assert.equal(await call(right, 'verifyKey'), true, 'verifyKey of the right key')
  assert.equal(await call(wrong, 'verifyKey'), false, 'verifyKey of a wrong key')
  assert.equal(await call(right, 'checkComment', comment('SPAM')), true, 'checkComment of spam')
  assert.equal(await call(right, 'checkComment', comment('HAM')), false, 'checkComment of ham')
  // Whatever is not "true" is ham to this client.
  assert.equal(await call(wrong, 'checkComment', comment('SPAM')), false, 'checkComment with a wrong key')
}
// With one host name for all keys, the key goes with the comment.
const oneName = akismet.client({blog: env.SITE, apiKey: env.KEY, host: 'winnow.example.org', endPoint: 'winnow.example.org'})
assert.equal(await call(oneName, 'checkComment', {...comment('SPAM'), api_key: env.KEY}), true, 'checkComment with api_key')

const right = akismet.client({blog: env.SITE, apiKey: env.KEY})
await call(right, 'submitHam', comment('SPAM'))
await call(right, 'submitSpam', comment('HAM'))
