// Dates and sizes as people read them. Every instant is shown in Swiss time, wherever the reader is.
import { locale, t } from './i18n.js';

const zone = 'Europe/Zurich';

/** @param {string | number | Date} instant */
export const longDate = (instant) =>
  new Intl.DateTimeFormat(locale(), { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .format(new Date(instant));

/** @param {string | number | Date} instant */
export const shortDate = (instant) =>
  new Intl.DateTimeFormat(locale(), { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' })
    .format(new Date(instant));

/** @param {string | number | Date} instant */
export const time = (instant) =>
  new Intl.DateTimeFormat(locale(), { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant));

/** @param {string | number | Date} instant */
export const dateAndTime = (instant) => t('format.dateTime', { date: longDate(instant), time: time(instant) });

/** The day that a midnight ends: access and data last through it. @param {string} midnight */
export const lastDay = (midnight) => longDate(Date.parse(midnight) - 1);

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
