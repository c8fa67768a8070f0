import { alertLink, readAlertLink } from './alert-link';

const KEY = 'a key for tests only, long enough for the check';
const NOW = new Date('2026-08-26T02:00:00Z');
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const link = alertLink(4711, KEY, NOW);

describe('the link of a mail', () => {
  it('names the message to the service that signed it', () =>
    expect(readAlertLink(link, KEY, NOW)).toEqual({ notificationId: 4711 }));

  it.each([
    [14, { notificationId: 4711 }],
    [15, { fault: 'expired' }],
  ])('is read %d days later as %j', (days, expected) =>
    expect(readAlertLink(link, KEY, later(days))).toEqual(expected),
  );

  it('names another message only with another signature', () => {
    expect(alertLink(4712, KEY, NOW).split('.')[2]).not.toBe(link.split('.')[2]);
  });

  it.each([
    ['of another message', link.replace('4711', '4712')],
    ['that ends later', link.replace(/\.(\d+)\./, (_, day: string) => `.${Number(day) + 1}.`)],
    ['signed with another key', alertLink(4711, `${KEY}!`, NOW)],
    ['cut short', link.slice(0, -1)],
    ['with something behind', `${link}a`],
    ['without signature', link.replace(/\.[^.]*$/, '')],
    ['that is nothing at all', ''],
    ['that is a path', '../../etc/passwd'],
    ['with a line break', `${link}\n`],
  ])('%s is forged', (_, forged) => expect(readAlertLink(forged, KEY, NOW)).toEqual({ fault: 'forged' }));
});
