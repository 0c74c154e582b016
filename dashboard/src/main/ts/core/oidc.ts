import type {Api} from '#generated/api';
import {ApiError} from './api-error';

/** An OpenID Connect provider, as `GET /api/auth/providers` lists it. */
export type Provider = Api.ProviderView;

/** What a provider's token endpoint issued; `refresh` is empty where it issues no refresh tokens. */
export interface Grant {
  provider: Provider;
  access: string;
  refresh: string;
  idToken: string | null;
  lifeSeconds: number;
}

/** A sign-in that has left for the provider and has not returned. */
interface Attempt {
  provider: Provider;
  state: string;
  nonce: string;
  verifier: string;
  /** The fragment of the page that the user wanted. */
  hash: string;
}

interface TokenAnswer {
  access_token?: string;
  refresh_token?: string;
  id_token?: string;
  expires_in?: number;
  error?: string;
  error_description?: string;
}

const STORED = 'space.oidc';
const TIMEOUT_MILLIS = 15_000;
/** When a provider does not send `expires_in`, which RFC 6749 only recommends. */
const DEFAULT_LIFE_SECONDS = 300;

/** Leaves for the provider's sign-in page (Authorization Code with PKCE, RFC 7636). */
export async function begin(provider: Provider): Promise<void> {
  if (!('subtle' in crypto)) {
    throw new Error(`Signing in with ${provider.name} needs HTTPS: browsers offer cryptography on secure pages only.`);
  }
  const attempt: Attempt = {provider, state: random(), nonce: random(), verifier: random(), hash: location.hash};
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(attempt.verifier));
  sessionStorage.setItem(STORED, JSON.stringify(attempt));
  location.assign(
    withQuery(provider.authorization_endpoint, {
      response_type: 'code',
      client_id: provider.client_id,
      redirect_uri: redirectUri(),
      scope: provider.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: base64url(new Uint8Array(challenge)),
      code_challenge_method: 'S256',
    }),
  );
}

/**
 * Completes the sign-in when the page was opened by the provider's redirect, and removes its parameters from the URL.
 *
 * @returns null when the page was opened otherwise
 */
export async function finish(): Promise<Grant | null> {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state') || !(answer.has('code') || answer.has('error'))) {
    return null;
  }
  const stored = sessionStorage.getItem(STORED);
  const attempt = stored === null ? null : (JSON.parse(stored) as Attempt);
  sessionStorage.removeItem(STORED);
  history.replaceState(null, '', `${location.pathname}${attempt?.hash ?? ''}`);
  if (attempt === null || answer.get('state') !== attempt.state) {
    throw new ApiError(400, 'This sign-in was not started in this tab, or is over. Sign in again.');
  }
  const {provider} = attempt;
  if (answer.has('error')) {
    throw refused(provider, answer.get('error_description') ?? answer.get('error'));
  }
  // RFC 9207: an answer that another provider sent must not be redeemed here.
  if (answer.has('iss') && answer.get('iss') !== provider.issuer) {
    throw refused(provider, 'the answer names another issuer');
  }
  const grant = await tokens(provider, {
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    redirect_uri: redirectUri(),
    code_verifier: attempt.verifier,
  });
  check(provider, grant.idToken, attempt.nonce);
  return grant;
}

/** Gets the next access token. */
export async function renew(provider: Provider, refresh: string): Promise<Grant> {
  const grant = await tokens(provider, {grant_type: 'refresh_token', refresh_token: refresh});
  return {...grant, refresh: grant.refresh === '' ? refresh : grant.refresh};
}

/** Where the provider ends its own session (OpenID Connect RP-Initiated Logout); null when it has no such page. */
export function logoutUrl(provider: Provider, idToken: string | null): string | null {
  return provider.end_session_endpoint === null
    ? null
    : withQuery(provider.end_session_endpoint, {
        client_id: provider.client_id,
        post_logout_redirect_uri: redirectUri(),
        ...(idToken === null ? {} : {id_token_hint: idToken}),
      });
}

/** The claims of a JWT, unverified: it came from the token endpoint itself, or the server verifies it. */
export function claims(token: string): Record<string, unknown> {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(payload), (each) => each.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}

async function tokens(provider: Provider, parameters: Record<string, string>): Promise<Grant> {
  let response: Response;
  try {
    response = await fetch(provider.token_endpoint, {
      method: 'POST',
      headers: {accept: 'application/json'},
      body: new URLSearchParams({client_id: provider.client_id, ...parameters}),
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    });
  } catch {
    throw new ApiError(0, `${provider.name} cannot be reached, or does not allow this page to call it. Try again.`);
  }
  const answer = (await response.json().catch(() => ({}))) as TokenAnswer;
  if (!response.ok || answer.access_token === undefined) {
    throw refused(provider, answer.error_description ?? answer.error, response.status);
  }
  return {
    provider,
    access: answer.access_token,
    refresh: answer.refresh_token ?? '',
    idToken: answer.id_token ?? null,
    lifeSeconds: answer.expires_in ?? DEFAULT_LIFE_SECONDS,
  };
}

/** The checks of OpenID Connect Core, section 3.1.3.7, for a token that came over TLS from the token endpoint. */
function check(provider: Provider, idToken: string | null, nonce: string): void {
  const {iss, aud, nonce: echoed} = idToken === null ? {} : claims(idToken);
  const audience = Array.isArray(aud) ? (aud as unknown[]) : [aud];
  if (iss !== provider.issuer || !audience.includes(provider.client_id) || echoed !== nonce) {
    throw refused(provider, 'its ID token is not for this sign-in');
  }
}

function refused(provider: Provider, reason: string | null | undefined, status = 400): ApiError {
  return new ApiError(status < 400 ? 400 : status, `${provider.name} did not sign you in${reason ? `: ${reason}` : ''}.`);
}

function redirectUri(): string {
  return `${location.origin}/`;
}

function withQuery(url: string, parameters: Record<string, string>): string {
  return `${url}?${new URLSearchParams(parameters)}`;
}

/** 256 random bits, base64url: 43 characters, as RFC 7636 recommends for a verifier. */
function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
