import {createServer} from 'node:http'

const {env} = process
const api = 'http://127.0.0.1:8360/api/comment'

async function post(kind) {
  const answer = await fetch(api, {
    method: 'POST', headers: {'content-type': 'application/json', 'user-agent': env.AGENT, 'x-forwarded-for': env[`${kind}_IP`]},
    body: JSON.stringify({
      url: '/moving-house/', ua: env.AGENT, nick: env[`${kind}_AUTHOR`], mail: env[`${kind}_EMAIL`],
      link: env[`${kind}_URL`], comment: env[`${kind}_CONTENT`],
    }),
  })
  const {errno, errmsg} = await answer.json()
  if (errno) throw Error(`Waline answered: ${errmsg}`)
}

async function up() {
  for (let i = 0; i < 200; i++) {
    try { return await fetch(`${api}?path=/`) } catch { await new Promise(done => setTimeout(done, 100)) }
  }
  throw Error('Waline did not start')
}

// Waline asks this service which logins there are, before every request.
const logins = createServer((_, answer) => answer.end('{"services": []}')).listen(8361, '127.0.0.1')
await up()
await post('HAM')
await post('SPAM')
logins.close()
logins.closeAllConnections()
