import type {Api} from '#generated/api';
import {call, send} from './api';

type Preferences = Api.PreferencesView;

const dark = matchMedia('(prefers-color-scheme: dark)');
const LOCALE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const STORED = 'space.theme';

/** The tag of the default preferences (docs/FRONTEND.md). */
const UNCHANGED = /^(W\/)?"0"$/;

/** The user's preferences; until they choose, dates are as in the browser. The theme is also kept in localStorage, so that the sign-in page has it. Event: `change`. */
class PreferencesStore extends EventTarget {
  #tag: string | null = null;
  current: Preferences | null = null;

  constructor() {
    super();
    dark.addEventListener('change', () => this.apply());
  }

  get theme(): string {
    return this.current?.theme ?? localStorage.getItem(STORED) ?? 'system';
  }

  get locale(): string {
    return this.current?.locale ?? navigator.language;
  }

  get timeZone(): string | undefined {
    return this.current?.time_zone;
  }

  async load(): Promise<void> {
    const response = await send('GET', '/api/frontend/preferences');
    this.#tag = response.headers.get('etag');
    const read = (await response.json()) as Preferences;
    this.current = UNCHANGED.test(this.#tag ?? '') ? {...read, ...browsers()} : read;
    this.apply();
  }

  forget(): void {
    this.current = null;
  }

  /** Replaces the preferences; rejects with a status of 412 when another window changed them meanwhile. */
  async save(change: Partial<Preferences>): Promise<void> {
    if (this.current === null) {
      return;
    }
    await call('PUT /api/frontend/preferences', {
      body: {...this.current, ...change} as Api.PreferencesOrder,
      headers: {'if-match': this.#tag ?? ''},
    });
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
