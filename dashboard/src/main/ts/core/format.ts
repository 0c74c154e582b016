import type {Decimal} from './exact';
import {preferences} from './preferences';

const DATE_AND_TIME: Intl.DateTimeFormatOptions = {dateStyle: 'medium', timeStyle: 'medium'};
const TIME_OF_DAY: Intl.DateTimeFormatOptions = {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'};
const DAY_AND_TIME: Intl.DateTimeFormatOptions = {month: 'short', day: 'numeric', ...TIME_OF_DAY};
const UTC_DAY: Intl.DateTimeFormatOptions = {month: 'short', day: 'numeric', timeZone: 'UTC'};
const CLOCK: Intl.DateTimeFormatOptions = {hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23'};

/** A date and time in the user's locale and time zone; a dash for none. */
export function time(value: string | null | undefined): string {
  return value ? formatter(DATE_AND_TIME).format(new Date(value)) : '–';
}

/** The time of day in hours and minutes. */
export function timeOfDay(value: string): string {
  return formatter(TIME_OF_DAY).format(new Date(value));
}

/** The day of the year with the time of day in hours and minutes. */
export function dayAndTime(value: string): string {
  return formatter(DAY_AND_TIME).format(new Date(value));
}

/** The day of the year in UTC, for what is summed up by days of UTC. */
export function utcDay(value: string): string {
  return formatter(UTC_DAY).format(new Date(value));
}

/** The time of day with milliseconds. */
export function clock(value: string): string {
  return formatter(CLOCK).format(new Date(value));
}

/** Making a formatter costs many times what formatting does, and a live list formats with each frame. */
const formatters = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>();
preferences.addEventListener('change', () => formatters.clear());

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let made = formatters.get(options);
  if (made === undefined) {
    const timeZone = preferences.timeZone;
    made = new Intl.DateTimeFormat(preferences.locale, timeZone ? {timeZone, ...options} : options);
    formatters.set(options, made);
  }
  return made;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** For example "3 minutes ago": a part of an English sentence, whatever the language of dates. */
export function ago(value: string): string {
  const seconds = (new Date(value).getTime() - Date.now()) / 1000;
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en', {numeric: 'auto'}).format(Math.round(seconds / length), unit);
}

export function number(value: number | null | undefined, fraction = 2): string {
  return value === null || value === undefined
    ? '–'
    : new Intl.NumberFormat(preferences.locale, {maximumFractionDigits: fraction}).format(value);
}

/** An amount in its currency; one that is a text is not rounded. */
export function money(amount: number | Decimal, currency: string): string {
  const exact = typeof amount === 'string' ? {maximumFractionDigits: 4} : {};
  return new Intl.NumberFormat(preferences.locale, {style: 'currency', currency, ...exact}).format(amount);
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

/** For example "1 event" and "2 events". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${number(count)} ${count === 1 ? singular : plural}`;
}
