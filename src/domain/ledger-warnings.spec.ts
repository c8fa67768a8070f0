import { at, officialCalendar } from '../../test/fixtures/calendar/official-calendar';
import { ledgerWarnings, type WarnedEntry, type WarningInput } from './ledger-warnings';

const calendar = officialCalendar();
const entry = (kind: string, when: string, more: Partial<WarnedEntry> = {}): WarnedEntry => ({
  ...{ kind, at: at(when), legalBasis: 'Điều 7 Nghị định 101', approximate: false },
  ...more,
});
const warnings = (entries: WarnedEntry[], more: Partial<WarningInput> = {}) =>
  ledgerWarnings({
    ...{ entries, consultations: [], receivedAt: at('2026-10-05 08:00'), open: true, calendar },
    ...{ now: at('2026-10-20 08:00'), ...more },
  }).map((w) => w.kind);

describe('warnings about a ledger', () => {
  it.each<[string, WarnedEntry[], string[]]>([
    ['an empty ledger has none', [], []],
    [
      'a request on the third working day is in time',
      [entry('supplement-requested', '2026-10-08 16:00')],
      [],
    ],
    [
      'a request on the fourth working day is late',
      [entry('supplement-requested', '2026-10-09 08:00')],
      ['supplement-late'],
    ],
    [
      'a second request makes the case late in the national index',
      [
        entry('supplement-requested', '2026-10-06 08:00'),
        entry('supplement-received', '2026-10-07 08:00'),
        entry('supplement-requested', '2026-10-12 08:00'),
      ],
      ['supplement-again'],
    ],
    [
      'a suspension needs a legal basis',
      [entry('suspended', '2026-10-06 08:00', { legalBasis: null })],
      ['suspended-without-basis'],
    ],
    [
      'a suspension the source only hinted at is not blamed',
      [entry('suspended', '2026-10-06 08:00', { legalBasis: null, approximate: true })],
      [],
    ],
    [
      'nothing resumes that was not suspended',
      [entry('supplement-requested', '2026-10-06 08:00'), entry('resumed', '2026-10-07 08:00')],
      ['resumed-without-pause'],
    ],
  ])('%s', (_name, entries, kinds) => {
    expect(warnings(entries)).toEqual(kinds);
  });

  it.each<[string, string, boolean, string[]]>([
    ['30 working days', '2026-11-17 08:00', true, []],
    ['31 working days', '2026-11-18 08:00', true, ['pause-long']],
    ['31 working days in a case that has ended', '2026-11-18 08:00', false, []],
  ])('a pause open for %s', (_name, now, open, kinds) => {
    expect(warnings([entry('suspended', '2026-10-06 08:00')], { now: at(now), open })).toEqual(kinds);
  });

  it.each<[string, string | null, string[]]>([
    ['answered on the day', '2026-10-15 18:00', []],
    ['answered a day later', '2026-10-16 07:00', ['consultation-overdue']],
    ['not answered yet', null, ['consultation-overdue']],
  ])('a consultation due 15/10, %s', (_name, answered, kinds) => {
    const asked = { body: 'Công an xã', dueAt: at('2026-10-15 17:00'), answeredAt: answered && at(answered) };
    expect(warnings([], { consultations: [asked] as WarningInput['consultations'] })).toEqual(kinds);
  });
});
