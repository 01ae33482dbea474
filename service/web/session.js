// Who is signed in, and what they may.
import { get, set_csrf } from '/admin/api.js';
import { speak } from '/admin/words.js';

const kRoles = ['viewer', 'moderator', 'owner'];
let person = null;
let version = '';

// Takes what GET session, POST session and POST setup give; null forgets it.
export function begin(session) {
  person = session?.person ?? null;
  version = session?.version ?? '';
  set_csrf(session?.csrf ?? '');
  if (person) speak(person.language);
}

export function who() {
  return person;
}

export function server_version() {
  return version;
}

export function may(role) {
  return person !== null && kRoles.indexOf(person.role) >= kRoles.indexOf(role);
}

// The sites that this person sees, [{id, url, ...}].
export async function sites(signal) {
  return (await get('/sites', {}, signal)).sites;
}

// A site's address as people say it: without scheme and last slash.
export function short(url) {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
