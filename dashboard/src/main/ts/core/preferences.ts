import type {Api} from '#generated/api';
import {call, send} from './api';
import {ApiError} from './api-error';
import {isKnown} from './locale';

type Preferences = Api.PreferencesView;

const dark = matchMedia('(prefers-color-scheme: dark)');
/** The language tags that the platform takes. */
const LOCALE = /^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))?$/;
const STORED = 'space.theme';

/** The tag of the default preferences (docs/FRONTEND.md). */
const UNCHANGED = /^(W\/)?"0"$/;

/** The user's preferences; until they choose, dates are as in the browser. The theme is also kept in localStorage, so that the sign-in page has it. Event: `change`. */
class PreferencesStore extends EventTarget {
  #tag: string | null = null;
  #locale: string | undefined;
  #timeZone: string | undefined;
  current: Preferences | null = null;

  constructor() {
    super();
    dark.addEventListener('change', () => this.apply());
  }

  get theme(): string {
    return this.current?.theme ?? localStorage.getItem(STORED) ?? 'system';
  }

  /** The user's, or the browser's in place of one that the browser does not know: `Intl` throws for it. */
  get locale(): string {
    return this.#locale ?? navigator.language;
  }

  /** The same of the time zone; undefined for the browser's. */
  get timeZone(): string | undefined {
    return this.#timeZone;
  }

  async load(): Promise<void> {
    const response = await send('GET', '/api/frontend/preferences');
    this.#tag = response.headers.get('etag');
    const read = (await response.json()) as Preferences;
    this.#use(UNCHANGED.test(this.#tag ?? '') ? {...read, ...browsers()} : read);
    this.apply();
  }

  forget(): void {
    this.#use(null);
  }

  #use(preferences: Preferences | null): void {
    this.current = preferences;
    const {locale, time_zone: timeZone} = preferences ?? {};
    this.#locale = isKnown({locale}) ? locale : undefined;
    this.#timeZone = isKnown({timeZone}) ? timeZone : undefined;
  }

  /**
   * Replaces the preferences; rejects with a status of 412 when another window changed them meanwhile. They are read again then, so that the next change replaces those.
   */
  async save(change: Partial<Preferences>): Promise<void> {
    if (this.current === null) {
      return;
    }
    try {
      await call('PUT /api/frontend/preferences', {
        body: {...this.current, ...change} as Api.PreferencesOrder,
        headers: {'if-match': this.#tag ?? ''},
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) {
        await this.load();
      }
      throw error;
    }
    await this.load();
  }

  /** Gives the page its theme. */
  apply(): void {
    const theme = this.theme;
    localStorage.setItem(STORED, theme);
    const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
    document.documentElement.setAttribute('theme', isDark ? 'dark' : 'light');
    this.dispatchEvent(new Event('change'));
  }
}

export const preferences = new PreferencesStore();

/** The language and the time zone of the browser, as far as the platform takes them. */
function browsers(): Partial<Preferences> {
  const {timeZone} = new Intl.DateTimeFormat().resolvedOptions();
  const [locale] = Intl.DateTimeFormat.supportedLocalesOf([...navigator.languages].filter((each) => LOCALE.test(each)));
  return {...(locale ? {locale} : {}), ...(timeZone ? {time_zone: timeZone} : {})};
}
