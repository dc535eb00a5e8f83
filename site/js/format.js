// Dates, times and sizes as people read them. Every instant is shown in Swiss time, wherever the reader is. Mails and sheets
// have the same words from functions/SwissDates.cs; tests/Functions.Tests/Field/dates.tsv holds both.
import { language, locale, t } from './i18n.js';

/** @typedef {string | number | Date} Instant */

const oneHour = 3_600_000;

/** Names and numbers only: browsers do not agree on what stands between them. @param {Instant} instant @returns {Record<string, string>} */
const parts = (instant) => Object.fromEntries(
  new Intl.DateTimeFormat(locale(), {
    timeZone: 'Europe/Zurich', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));

/** @param {Instant} instant */
export function shortDate(instant) {
  const { day, month, year } = parts(instant);
  return t('format.shortDate', { day: day === '1' ? t('format.firstDay') : day, month, year });
}

/** @param {Instant} instant */
export const longDate = (instant) => t('format.longDate', { weekday: parts(instant).weekday, date: shortDate(instant) });

/** French and German write 9 o'clock with one digit. @param {Instant} instant */
export function time(instant) {
  const { hour, minute } = parts(instant);
  return t('format.time', { hour: ['fr', 'de'].includes(language()) ? hour.replace(/^0/, '') : hour, minute });
}

/** @param {Instant} instant */
export const dateAndTime = (instant) => t('format.dateTime', { date: longDate(instant), time: time(instant), clock: clock(instant) });

/** In October the clock shows one hour twice: then the name says which of the two is meant. @param {Instant} instant */
function clock(instant) {
  const at = new Date(instant).getTime();
  if (time(at) === time(at + oneHour)) return t('format.clock.summer');
  return time(at) === time(at - oneHour) ? t('format.clock.winter') : t('format.clock');
}

/** The day that a midnight ends: access and data last through it. @param {string} midnight */
export const lastDay = (midnight) => longDate(lastMoment(midnight));

/** The last minute of that day. @param {string} midnight */
export const lastTime = (midnight) => time(lastMoment(midnight));

/** @param {string} midnight */
const lastMoment = (midnight) => Date.parse(midnight) - 1;

/** @param {number} bytes */
export function size(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte'];
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return new Intl.NumberFormat(locale(), {
    style: 'unit', unit: units[step], unitDisplay: step ? 'short' : 'long', maximumFractionDigits: step === 2 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

/** A wait in the unit that suits it: seconds, then whole minutes, then whole hours. @param {number} seconds */
export function wait(seconds) {
  const [value, unit] = seconds < 91 ? [Math.max(1, Math.ceil(seconds)), 'second']
    : seconds < 5400 ? [Math.ceil(seconds / 60), 'minute']
    : [Math.ceil(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
