// Calls to /api/v1/admin: JSON in and out, the session's CSRF token, errors as Problem. service/http/admin/README.md is the contract.

const kBase = '/api/v1/admin';
let csrf = '';

// What went wrong. `status` is 0 where no answer came.
export class Problem extends Error {
  constructor(status, body = {}, retry_after = 0) {
    super(body.detail || body.title || '');
    this.status = status;
    this.field = body.field ?? '';
    this.code_needed = body.code_needed === true;
    this.retry_after = retry_after;
  }
  // Trying the same again may help.
  get passing() {
    return this.status === 0 || this.status >= 500;
  }
}

export function set_csrf(token) {
  csrf = token;
}

export const get = (path, query, signal) => call('GET', path + search(query), undefined, signal);
export const post = (path, body = {}) => call('POST', path, body);
export const put = (path, body = {}) => call('PUT', path, body);
export const remove = (path) => call('DELETE', path);

function search(query) {
  const given = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return given.length ? '?' + new URLSearchParams(given) : '';
}

async function call(method, path, body, signal) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  let reply;
  try {
    reply = await fetch(kBase + path, {
      method,
      headers,
      signal,
      credentials: 'same-origin',
      cache: 'no-store',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0);
  }
  if (reply.ok) return reply.status === 204 ? null : reply.json();
  const problem = new Problem(
    reply.status,
    await reply.json().catch(() => ({})),
    Number(reply.headers.get('Retry-After')) || 0,
  );
  if (problem.status === 401 && !path.startsWith('/session') && path !== '/setup')
    dispatchEvent(new Event('winnow:signed-out'));
  throw problem;
}
