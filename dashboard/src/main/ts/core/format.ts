import {preferences} from './preferences';

/** A date and time in the user's locale and time zone; a dash for none. */
export function time(value: string | null | undefined): string {
  return value ? formatter({dateStyle: 'medium', timeStyle: 'medium'}).format(new Date(value)) : '–';
}

/** The time of day with milliseconds. */
export function clock(value: string): string {
  return formatter({hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23'}).format(new Date(value));
}

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const timeZone = preferences.timeZone;
  return new Intl.DateTimeFormat(preferences.locale, timeZone ? {...options, timeZone} : options);
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** For example "3 minutes ago". */
export function ago(value: string): string {
  const seconds = (new Date(value).getTime() - Date.now()) / 1000;
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(preferences.locale, {numeric: 'auto'}).format(Math.round(seconds / length), unit);
}

export function number(value: number | null | undefined, fraction = 2): string {
  return value === null || value === undefined
    ? '–'
    : new Intl.NumberFormat(preferences.locale, {maximumFractionDigits: fraction}).format(value);
}

export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat(preferences.locale, {style: 'currency', currency}).format(amount);
}

/** `funds_transferred` as "Funds transferred". */
export function words(name: string): string {
  const text = name.replaceAll(/[_.-]+/g, ' ').trim().toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The last part of an id, for tables; the whole is in a title or a detail. */
export function short(id: string | null | undefined): string {
  return id ? (id.length > 13 ? `…${id.slice(-8)}` : id) : '–';
}

export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
