import type {Api} from '#generated/api';
import {call} from './api';

/** An authorization that has left for a remote server's authorization server and has not returned. */
interface Attempt {
  server: string;
  state: string;
}

/** What came back, until the user is signed in again and it is redeemed. */
interface Return extends Attempt {
  code: string | null;
  refusal: string;
}

const STORED = 'space.mcp-authorization';
/** Where the user sees how it went. */
const PAGE = '#/credentials';

let pending: Return | null = null;

/** Where the authorization server sends the browser back. */
export function redirectUri(): string {
  return `${location.origin}/`;
}

/** Remembers an authorization in this tab before the browser leaves. */
export function leave({server, state}: Api.AuthorizationView): void {
  sessionStorage.setItem(STORED, JSON.stringify({server, state} satisfies Attempt));
}

/** Takes what an authorization server sent back out of the URL, if this page was opened by that. */
export function takeReturn(): void {
  const answer = new URLSearchParams(location.search);
  const stored = sessionStorage.getItem(STORED);
  const attempt = stored === null ? null : (JSON.parse(stored) as Attempt);
  if (attempt === null || answer.get('state') !== attempt.state) {
    return;
  }
  sessionStorage.removeItem(STORED);
  history.replaceState(null, '', `${location.pathname}${PAGE}`);
  pending = {...attempt, code: answer.get('code'), refusal: answer.get('error_description') ?? answer.get('error') ?? 'it sent no code'};
}

/**
 * Redeems what came back, as the user who is signed in.
 *
 * @returns the server that the platform is authorized at; null when nothing came back
 */
export async function redeemReturn(): Promise<string | null> {
  if (pending === null) {
    return null;
  }
  const {server, state, code, refusal} = pending;
  pending = null;
  if (code === null) {
    throw new Error(`The authorization server of ${server} did not authorize the platform: ${refusal}.`);
  }
  await call('POST /api/mcp/credentials/{server}/code', {path: {server}, body: {code, state}});
  return server;
}
