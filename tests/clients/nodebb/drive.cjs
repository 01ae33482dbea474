const assert = require('node:assert/strict')
const {createRequire} = require('node:module')

const {env} = process
const packages = createRequire(`${env.CLIENTS_DIR}/`)
const plugin = 'nodebb-plugin-spam-be-gone'

// What the plugin asks of NodeBB. Users: 1 a visitor, 2 one with reputation, whose blocked posts are reported as ham.
const users = {
  1: {username: env.SPAM_AUTHOR, email: env.SPAM_EMAIL, reputation: 0},
  2: {username: env.SPAM_AUTHOR, email: env.SPAM_EMAIL, reputation: 20},
  3: {username: env.HAM_AUTHOR, email: env.HAM_EMAIL, reputation: 0},
}
const settings = {akismetEnabled: 'on', akismetFlagReporting: 1}
const complaints = []
const forum = {
  winston: {error: text => complaints.push(text), warn() {}, info() {}, verbose() {}},
  nconf: {get: () => env.SITE},
  './src/constants': {paths: {currentPackage: packages.resolve(`${plugin}/package.json`)}},
  './src/meta': {config: {}, settings: {get: async () => settings}},
  './src/user': {
    isAdministrator: async () => false, isModerator: async () => false, getUserFields: async uid => users[uid],
  },
  './src/topics': {getTopicField: async (_, field) => (field === 'slug' ? '7/moving-house' : 1)},
  './src/database': {incrObjectField: async () => 1, getSortedSetRevRange: async () => [env.HAM_IP]},
  './src/routes/helpers': {setupAdminPageRoute() {}},
}
require.main.require = name => {
  if (!forum[name]) throw Error(`The plugin asks for ${name}, which the driver does not have`)
  return forum[name]
}
const hooks = packages(plugin)

const start = async key => {
  complaints.length = 0
  settings.akismetApiKey = key
  await hooks.load({router: {post() {}}})
}
const request = (uid, kind) => ({
  uid, ip: `::ffff:${env[`${kind}_IP`]}`, path: '/api/v3/topics/7', headers: {referer: env.SITE, 'user-agent': env.AGENT},
})
const post = (uid, kind) => ({uid, cid: 1, content: env[`${kind}_CONTENT`], req: request(uid, kind)})
const blocked = {message: 'Post content was flagged as spam by Akismet.com'}

async function main() {
  await start(env.WRONG_KEY)
  assert.deepEqual(complaints, ['[plugins/spam-be-gone] Unable to verify Akismet API key.'])
  await hooks.onTopicReply(post(1, 'SPAM'))  // the checks are off

  await start(env.KEY)
  assert.deepEqual(complaints, [])
  await assert.rejects(hooks.onTopicPost({...post(1, 'SPAM'), title: 'Pills'}), blocked)
  await hooks.onTopicReply(post(3, 'HAM'))
  await hooks.onPostEdit({post: {tid: 7, uid: 3, content: env.HAM_CONTENT}, req: request(3, 'HAM')})
  await assert.rejects(hooks.onTopicReply(post(2, 'SPAM')), blocked)
  await hooks.onPostFlagged({flag: {
    type: 'post', description: 'Spam', reporter: {reputation: 5}, target: {uid: 3, tid: 7, content: env.HAM_CONTENT},
  }})
}
main()
