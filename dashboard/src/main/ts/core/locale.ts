/** Whether the browser can format with these: `Intl` throws for a language tag or a time zone that it does not know. */
export function isKnown({locale, timeZone}: {locale?: string | undefined; timeZone?: string | undefined}): boolean {
  try {
    new Intl.DateTimeFormat(locale, timeZone === undefined ? {} : {timeZone});
    return true;
  } catch {
    return false;
  }
}
