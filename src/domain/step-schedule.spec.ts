import { at, officialCalendar, shown } from '../../test/fixtures/calendar/official-calendar';
import { foldClock, type ClockEventKind } from './case-clock';
import type { ProcessingLimit, SupplementMode } from './deadline';
import type { LimitStep } from './step-limits';
import { scheduleSteps, type Consultation, type Handover, type ScheduleInput } from './step-schedule';

const calendar = officialCalendar();
const step = (name: string, amount: number, more: Partial<LimitStep> = {}): LimitStep => ({
  ...{ name, department: name, kind: 'processing', amount, unit: 'working-days' },
  ...more,
});
const STEPS = [step('Tiếp nhận', 4, { unit: 'working-hours' }), step('Thẩm định', 3), step('Trả', 1)];
const handover = (when: string, to: Partial<Handover>): Handover => ({
  ...{ at: at(when), step: null, department: null },
  ...to,
});

interface Told {
  steps?: LimitStep[];
  events?: [ClockEventKind, string][];
  mode?: SupplementMode;
  handovers?: Handover[];
  consultations?: Consultation[];
  caseDue?: string;
  more?: Partial<ScheduleInput>;
}

/** Received on Monday 5/10/2026, 08:00; asked on the 13th. */
function schedule({ steps = STEPS, events = [], mode = 'restart', ...told }: Told) {
  const limit: ProcessingLimit = {
    ...{ amount: 10, unit: 'working-days', receptionCutoff: null, supplementMode: mode, timeOfDay: null },
  };
  const ledger = [['received', '2026-10-05 08:00'] as const, ...events];
  const clock = foldClock(
    ledger.map(([kind, when]) => ({ kind, at: at(when) })),
    mode,
  );
  return scheduleSteps({
    ...{ steps, clock, limit, timeOfDay: 'end-of-office', calendarOf: () => calendar },
    caseDue: told.caseDue === undefined ? null : at(told.caseDue),
    ...{ handovers: told.handovers ?? [], consultations: told.consultations ?? [], heldBy: null },
    ...{ now: at('2026-10-13 09:00'), ...told.more },
  }).map(({ name, state, dueAt }) => `${name} ${state} ${dueAt === null ? '-' : shown(dueAt)}`);
}

describe('due dates of steps', () => {
  it.each<[string, Told, string[]]>([
    [
      'a case that is elsewhere without anybody telling since when accuses no step',
      { more: { heldBy: 'Thẩm định' } },
      [
        'Tiếp nhận passed 2026-10-05 14:00',
        'Thẩm định held 2026-10-08 17:00',
        'Trả planned 2026-10-09 17:00',
      ],
    ],
    [
      'a case that ended without a handing over accuses no step either',
      { events: [['finished', '2026-10-12 10:00']], more: { heldBy: 'Trả' } },
      [
        'Tiếp nhận passed 2026-10-05 14:00',
        'Thẩm định passed 2026-10-08 17:00',
        'Trả passed 2026-10-09 17:00',
      ],
    ],
    [
      'a handing over that is told counts, wherever the source says the case is',
      { handovers: [handover('2026-10-05 13:45', { step: 'Thẩm định' })], more: { heldBy: 'Trả' } },
      [
        'Tiếp nhận done 2026-10-05 14:00',
        'Thẩm định overdue 2026-10-08 17:00',
        'Trả planned 2026-10-09 17:00',
      ],
    ],
    ['a limit without steps has none', { steps: [] }, []],
    [
      'a step that has not begun is planned from the end of the one before',
      {},
      [
        'Tiếp nhận overdue 2026-10-05 14:00',
        'Thẩm định planned 2026-10-08 17:00',
        'Trả planned 2026-10-09 17:00',
      ],
    ],
    [
      'a step counts from its handing over',
      { handovers: [handover('2026-10-05 13:45', { step: 'Thẩm định' })] },
      [
        'Tiếp nhận done 2026-10-05 14:00',
        'Thẩm định overdue 2026-10-08 17:00',
        'Trả planned 2026-10-09 17:00',
      ],
    ],
    [
      'a step handed over late makes the next one later, and is late itself',
      { handovers: [handover('2026-10-09 09:00', { department: 'Thẩm định' })] },
      [
        'Tiếp nhận late 2026-10-05 14:00',
        'Thẩm định running 2026-10-14 17:00',
        'Trả planned 2026-10-15 17:00',
      ],
    ],
    [
      'no step is due after the case',
      { handovers: [handover('2026-10-09 09:00', { step: 'Thẩm định' })], caseDue: '2026-10-13 17:00' },
      [
        'Tiếp nhận late 2026-10-05 14:00',
        'Thẩm định running 2026-10-13 17:00',
        'Trả planned 2026-10-13 17:00',
      ],
    ],
    [
      'a step may be left out',
      { handovers: [handover('2026-10-05 09:00', { step: 'Trả' })] },
      ['Tiếp nhận done 2026-10-05 14:00', 'Thẩm định skipped -', 'Trả overdue 2026-10-06 17:00'],
    ],
    [
      'handed back, a step runs from where it began, and those after it have not begun',
      {
        handovers: [
          handover('2026-10-05 09:00', { step: 'Thẩm định' }),
          handover('2026-10-06 09:00', { step: 'Trả' }),
          handover('2026-10-07 09:00', { step: 'Thẩm định' }),
        ],
      },
      [
        'Tiếp nhận done 2026-10-05 14:00',
        'Thẩm định overdue 2026-10-08 17:00',
        'Trả planned 2026-10-09 17:00',
      ],
    ],
    [
      'a handing over to a department without a step changes nothing',
      { steps: [STEPS[1]!], handovers: [handover('2026-10-05 09:00', { department: 'Công an' })] },
      ['Thẩm định overdue 2026-10-08 17:00'],
    ],
    [
      'pauses are left out',
      {
        ...{ mode: 'extend-working-days', handovers: [handover('2026-10-05 13:00', { step: 'Thẩm định' })] },
        events: [
          ['suspended', '2026-10-06 09:00'],
          ['resumed', '2026-10-09 09:00'],
        ],
      },
      [
        'Tiếp nhận done 2026-10-05 14:00',
        'Thẩm định running 2026-10-13 17:00',
        'Trả planned 2026-10-14 17:00',
      ],
    ],
    [
      'while the clock stands still the step under way has no due',
      {
        handovers: [handover('2026-10-05 13:00', { step: 'Thẩm định' })],
        events: [['supplement-requested', '2026-10-06 09:00']],
      },
      ['Tiếp nhận done 2026-10-05 14:00', 'Thẩm định paused -', 'Trả planned -'],
    ],
    [
      'a supplement that starts the term anew starts that of the step under way anew',
      {
        handovers: [handover('2026-10-05 13:00', { step: 'Thẩm định' })],
        events: [
          ['supplement-requested', '2026-10-06 09:00'],
          ['supplement-received', '2026-10-12 09:00'],
        ],
      },
      [
        'Tiếp nhận done 2026-10-05 14:00',
        'Thẩm định running 2026-10-15 17:00',
        'Trả planned 2026-10-16 17:00',
      ],
    ],
    [
      'the end of the case ends the step under way',
      { steps: [STEPS[1]!], events: [['finished', '2026-10-08 18:00']] },
      ['Thẩm định done 2026-10-08 17:00'],
    ],
  ])('%s', (_name, told, lines) => {
    expect(schedule(told)).toEqual(lines);
  });

  it('a step follows the calendar of its department', () => {
    const closed = officialCalendar().keeping(() => false);
    const calendarOf = (department: string | null) => (department === 'Thẩm định' ? calendar : closed);
    expect(schedule({ steps: [STEPS[1]!], more: { calendarOf } })).toEqual(schedule({ steps: [STEPS[1]!] }));
  });
});

describe('consultations', () => {
  const asked = (more: Partial<Consultation> = {}): Consultation => ({
    ...{ body: 'Công an xã', askedAt: at('2026-10-06 09:00'), answeredAt: null },
    ...{ term: { amount: 2, unit: 'working-days' as const }, ...more },
  });
  const foreseen = step('Lấy ý kiến', 4, { department: 'Công an xã', kind: 'consultation' });

  it.each<[string, Told, string[]]>([
    ['one that is foreseen waits to be asked', { steps: [foreseen] }, ['Lấy ý kiến planned -']],
    [
      'one that is foreseen has its own due, from the request',
      { steps: [foreseen], consultations: [asked({ term: null })] },
      ['Lấy ý kiến overdue 2026-10-12 17:00'],
    ],
    [
      'the term of the request wins',
      { steps: [foreseen], consultations: [asked({ answeredAt: at('2026-10-08 16:00') })] },
      ['Lấy ý kiến done 2026-10-08 17:00'],
    ],
    [
      'one that nobody foresaw stands at the end',
      { steps: [], consultations: [asked({ answeredAt: at('2026-10-09 08:00') }), asked({ term: null })] },
      ['Công an xã late 2026-10-08 17:00', 'Công an xã running -'],
    ],
    [
      'pauses of the case do not move it',
      { steps: [], events: [['suspended', '2026-10-06 10:00']], consultations: [asked()] },
      ['Công an xã overdue 2026-10-08 17:00'],
    ],
  ])('%s', (_name, told, lines) => {
    expect(schedule(told)).toEqual(lines);
  });
});
