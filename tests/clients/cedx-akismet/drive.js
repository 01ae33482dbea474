import assert from 'node:assert/strict'
import {Author, Blog, CheckResult, Client, Comment, CommentType} from '@cedx/akismet'

const {env} = process
const blog = new Blog({charset: 'UTF-8', languages: ['en', 'fr'], url: env.SITE})
const client = (key, at = blog) => new Client(key, at, {baseUrl: 'http://winnow.example.org:80'})
const comment = kind => new Comment({
  author: new Author({
    ipAddress: env[`${kind}_IP`], userAgent: env.AGENT,
    name: env[`${kind}_AUTHOR`], email: env[`${kind}_EMAIL`], url: env[`${kind}_URL`],
  }),
  content: env[`${kind}_CONTENT`], context: ['moving', 'house'], date: new Date(), permalink: env.PERMALINK,
  postModified: new Date(), referrer: env.SITE, type: CommentType.comment,
})

const byName = new Client(env.KEY, blog)
assert.equal(await byName.verifyKey(), true, 'verifyKey without baseUrl')
assert.equal(await byName.checkComment(comment('HAM')), CheckResult.ham, 'ham without baseUrl')

const right = client(env.KEY)
const wrong = client(env.WRONG_KEY)
assert.equal(await right.verifyKey(), true, 'verifyKey of the right key')
assert.equal(await wrong.verifyKey(), false, 'verifyKey of a wrong key')
assert.ok([CheckResult.spam, CheckResult.pervasiveSpam].includes(await right.checkComment(comment('SPAM'))), 'spam')
assert.equal(await right.checkComment(comment('HAM')), CheckResult.ham, 'ham')
// Whatever is not "false" is spam to this client: an error must be told in the headers.
await assert.rejects(wrong.checkComment(comment('HAM')), {message: 'Invalid key'})
await assert.rejects(wrong.submitHam(comment('HAM')), {message: 'Invalid key'})
await assert.rejects(right.checkComment(new Comment({content: env.HAM_CONTENT})), {message: 'Empty "user_ip" value'})
await assert.rejects(client(env.KEY, new Blog()).checkComment(comment('HAM')), {message: 'Empty "blog" value'})
await right.submitHam(comment('SPAM'))
await right.submitSpam(comment('HAM'))
