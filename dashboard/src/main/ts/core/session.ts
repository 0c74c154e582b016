import {anonymous} from './anonymous';
import {ApiError} from './api-error';
import {claims, finish, logoutUrl, renew, type Grant, type Provider} from './oidc';

/** The tokens of a sign-in; `expires` is when the access token does, in milliseconds since 1970. */
interface Tokens {
  access: string;
  /** Empty where the provider issues none: the sign-in ends with the access token. */
  refresh: string;
  expires: number;
  /** Who issued them; null for the platform. */
  provider: Provider | null;
  idToken: string | null;
}

/** What is kept over a reload. */
interface Stored {
  refresh: string;
  provider: Provider | null;
}

interface Receipt {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

type Message = {kind: 'ask'} | {kind: 'tokens'; tokens: Tokens} | {kind: 'signed-out'};

const STORED = 'space.sign-in';
const EARLY_MILLIS = 30_000;
const ANSWER_MILLIS = 150;

/**
 * The sign-in of this browser, by the platform or an external provider (ADR 0055, ADR 0066). The access token is kept in memory; the refresh token also in the tab's
 * sessionStorage, so that a reload goes on. Tabs of one browser share a sign-in over a BroadcastChannel.
 *
 * Events: `change`, after a sign-in or sign-out.
 */
class Session extends EventTarget {
  #tokens: Tokens | null = null;
  #refreshing: Promise<void> | null = null;
  /** Whether the last sign-in ended because it was not renewed, and not by the user. */
  refused = false;
  readonly #channel = new BroadcastChannel('space.session');

  constructor() {
    super();
    this.#channel.addEventListener('message', (event: MessageEvent<Message>) => this.#received(event.data));
  }

  get signedIn(): boolean {
    return this.#tokens !== null;
  }

  /** Continues the sign-in of this tab or of another one, if there is one. */
  async restore(): Promise<void> {
    const granted = await finish();
    if (granted !== null) {
      this.#grant(granted);
      this.#tell();
      return;
    }
    const stored = sessionStorage.getItem(STORED);
    if (stored !== null) {
      this.#tokens = {access: '', expires: 0, idToken: null, ...(JSON.parse(stored) as Stored)};
    }
    await this.#askOthers();
    if (this.#tokens !== null) {
      try {
        await this.token();
      } catch (error) {
        if (!(error instanceof ApiError && error.final)) {
          throw error;
        }
      }
    }
  }

  /** Signs in; rejects with an ApiError that has the server's reason. */
  async signIn(email: string, password: string): Promise<void> {
    this.#keep(await anonymous('POST', '/api/auth/login', {email, password}));
    this.#tell();
    this.dispatchEvent(new Event('change'));
  }

  /** Signs out here, in the other tabs, and on the server or at the provider; rejects when the server did not end the sign-in. */
  async signOut(): Promise<void> {
    const tokens = this.#tokens;
    this.#forget();
    this.#send({kind: 'signed-out'});
    if (tokens === null) {
      return;
    }
    if (tokens.provider === null) {
      await end(tokens);
      return;
    }
    const url = logoutUrl(tokens.provider, tokens.idToken);
    if (url !== null) {
      location.assign(url);
    }
  }

  /** An access token that holds for some seconds more. */
  async token(): Promise<string> {
    if (this.#tokens === null) {
      throw new ApiError(401, 'Sign in to continue.');
    }
    if (this.#tokens.expires - EARLY_MILLIS < Date.now()) {
      await this.refresh();
    }
    return this.#tokens?.access ?? '';
  }

  /** Gets a new access token, once for all who wait for it, in this tab and the others. A refusal ends the sign-in. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#renewAlone()
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.final) {
          this.#forget(true);
        }
        throw error;
      })
      .finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #renewAlone(): Promise<void> {
    // Over plain HTTP from elsewhere there are no locks; the server takes a repeated refresh (ADR 0039).
    if ('locks' in navigator) {
      await navigator.locks.request('space.session', () => this.#renew());
    } else {
      await this.#renew();
    }
  }

  async #renew(): Promise<void> {
    const before = this.#tokens;
    // Another tab may have renewed it while this one waited for the lock.
    await this.#askOthers();
    const tokens = this.#tokens;
    if (tokens === null || tokens.refresh !== before?.refresh || tokens.access !== before.access) {
      return;
    }
    // A sign-out, or another sign-in, may come in between, and is not undone.
    if (tokens.provider === null) {
      const receipt = await refreshed(tokens);
      if (this.#tokens === tokens) {
        this.#keep(receipt);
      }
    } else if (tokens.refresh === '') {
      throw new ApiError(401, `Your sign-in with ${tokens.provider.name} has ended. Sign in again.`);
    } else {
      const grant = await renew(tokens.provider, tokens.refresh);
      if (this.#tokens === tokens) {
        this.#grant(grant);
      }
    }
    this.#tell();
  }

  async #askOthers(): Promise<void> {
    this.#send({kind: 'ask'});
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, ANSWER_MILLIS);
      const channel = this.#channel;
      function done(): void {
        clearTimeout(timer);
        channel.removeEventListener('message', done);
        resolve();
      }
      channel.addEventListener('message', done);
    });
  }

  #received(message: Message): void {
    if (message.kind === 'ask') {
      this.#tell();
    } else if (message.kind === 'signed-out') {
      this.#forget();
    } else if (message.tokens.expires > (this.#tokens?.expires ?? 0)) {
      const before = this.#tokens;
      this.#set(message.tokens);
      if (before === null || (before.access !== '' && subject(before) !== subject(message.tokens))) {
        this.dispatchEvent(new Event('change'));
      }
    }
  }

  #tell(): void {
    if (this.#tokens !== null && this.#tokens.access !== '') {
      this.#send({kind: 'tokens', tokens: this.#tokens});
    }
  }

  #send(message: Message): void {
    this.#channel.postMessage(message);
  }

  #keep(receipt: Receipt): void {
    this.#set({
      access: receipt.access_token,
      refresh: receipt.refresh_token,
      expires: Date.now() + receipt.expires_in * 1000,
      provider: null,
      idToken: null,
    });
  }

  #grant({provider, access, refresh, idToken, lifeSeconds}: Grant): void {
    this.#set({provider, access, refresh, expires: Date.now() + lifeSeconds * 1000, idToken: idToken ?? this.#tokens?.idToken ?? null});
  }

  #set(tokens: Tokens): void {
    this.#tokens = tokens;
    if (tokens.refresh === '') {
      sessionStorage.removeItem(STORED);
    } else {
      const stored: Stored = {refresh: tokens.refresh, provider: tokens.provider};
      sessionStorage.setItem(STORED, JSON.stringify(stored));
    }
  }

  #forget(refused = false): void {
    this.refused = refused;
    const was = this.#tokens !== null;
    this.#tokens = null;
    sessionStorage.removeItem(STORED);
    if (was) {
      this.dispatchEvent(new Event('change'));
    }
  }
}

function refreshed(tokens: Tokens): Promise<Receipt> {
  return anonymous('POST', '/api/auth/refresh', {refresh_token: tokens.refresh});
}

/** Ends a sign-in on the server, which takes a valid access token: one that has expired is renewed for it. */
async function end(tokens: Tokens): Promise<void> {
  try {
    const expired = tokens.expires - EARLY_MILLIS < Date.now();
    const access = expired ? (await refreshed(tokens)).access_token : tokens.access;
    await anonymous('POST', '/api/auth/logout', undefined, access);
  } catch (error) {
    // 401: the sign-in has ended already.
    if (!(error instanceof ApiError && error.status === 401)) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`You are signed out in this browser, but the server has not ended the sign-in. ${reason}`);
    }
  }
}

/** Whose tokens they are, and for which organization; the server alone verifies them. */
function subject(tokens: Tokens): string {
  const {iss, sub, org_id: organization} = claims(tokens.access);
  return `${iss} ${sub} ${organization}`;
}

export const session = new Session();
