// Asks the server who is signed in, and signs them out.

import { members, text } from './members.js';

/** Longest wait, ms. */
const PATIENCE_MILLIS = 10000;

/**
 * Whom the server knows this page by. No name: nobody has to sign in. `needed`: somebody has to, and it knows nobody.
 * @typedef {{name: string, canSignOut: boolean, needed: boolean}} Session
 */

/**
 * @param {string} baseUri of the page
 * @param {typeof fetch} [ask]
 * @returns {Promise<Session | null>} null when the server does not say
 */
export async function fetchSession(baseUri, ask = fetch) {
  try {
    const response = await ask(new URL('api/session', baseUri), { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MILLIS) });
    if (response.status === 401) {
      return { name: '', canSignOut: false, needed: true };
    }
    if (!response.ok) {
      return null;
    }
    const { name, canSignOut } = members(await response.json());
    return { name: text(name), canSignOut: canSignOut === true, needed: false };
  } catch {
    return null; // without a network nobody can tell
  }
}

/**
 * Signs out here; the sign-in service may know the person still.
 * @param {string} baseUri of the page
 * @param {typeof fetch} [ask]
 * @returns {Promise<string>} the address where it ends there
 */
export async function signOut(baseUri, ask = fetch) {
  const response = await ask(new URL('sign-out', baseUri), { method: 'POST', signal: AbortSignal.timeout(PATIENCE_MILLIS) });
  if (!response.ok) {
    throw new Error(`Signing out was answered with status ${response.status}`);
  }
  return text(members(await response.json()).location) || baseUri;
}
