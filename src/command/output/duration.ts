/**
 * How long something takes, in the two largest units that say something; a second that has begun counts as one.
 *
 * @example duration(130.2); // "2 min 11 s"
 */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
