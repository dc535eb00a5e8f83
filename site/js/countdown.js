// Counts the seconds until something may be tried again.

/**
 * @param {number} until epoch milliseconds
 * @param {(secondsLeft: number) => void} tick called at once, every second, and a last time with 0
 * @returns {() => void} stops it
 */
export function countdown(until, tick) {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const timer = setInterval(run, 1000);
  function run() {
    const seconds = left();
    if (seconds === 0) clearInterval(timer);
    tick(seconds);
  }
  run();
  return () => clearInterval(timer);
}
