import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import type { WorkingCalendar } from '../domain/working-calendar';
import { deliveryReason } from '../platform/delivery-words';
import { labels } from '../platform/labels';
import { sendingLabels, sendingReason } from '../platform/sending-labels';
import type { Reader } from '../web/reader';
import { DeliveryRepository, type Attempt } from './delivery.repository';
import { LetterComposer } from './letter-composer';
import { sendingTiming } from './sending-time';

/** Messages a page lists. */
const SHOWN = 500;
const TONES = { waiting: 'info', sent: 'safe', failed: 'late' } as const;

export type AttemptView = ReturnType<typeof attemptView>;

/** Acts of sending as pages show them. */
@Injectable()
export class SendingAttempts {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly composer: LetterComposer,
  ) {}

  async ofLetter(reader: Reader, letterId: number): Promise<AttemptView[]> {
    return this.views(await this.deliveries.ofLetter(this.database.pool, letterId), reader);
  }

  /** Messages of one form, or the newest ones. */
  async messages(reader: Reader, token: string | null): Promise<AttemptView[]> {
    const tx = this.database.pool;
    return this.views(await this.deliveries.messages(tx, reader.communeIds, token, SHOWN), reader);
  }

  private async views(attempts: Attempt[], reader: Reader): Promise<AttemptView[]> {
    const calendars = new Map<number, WorkingCalendar>();
    for (const unitId of new Set(attempts.map((a) => a.unitId)))
      calendars.set(unitId, await this.composer.calendar(unitId));
    return attempts.map((a) => attemptView(a, calendars.get(a.unitId)!, reader.role === 'clerk'));
  }
}

function attemptView(attempt: Attempt, calendar: WorkingCalendar, mayWrite: boolean) {
  const { channel, result, error, at, deadlineAt, number, suffix, evidenceName } = attempt;
  const carrier = channel === 'email' ? 'email' : 'webhook';
  const timing = labels.letter.timing[sendingTiming(at, deadlineAt, calendar)];
  return {
    ...attempt,
    tries: attempt.attempts > 1 || error !== null ? attempt.attempts : null,
    label: `${paddedNumber(number)}/${suffix}`,
    channelName: labels.letter.channel[channel],
    resultName: sendingLabels.result[result],
    tone: TONES[result],
    timing: result === 'sent' ? timing : null,
    reason: error === null ? null : (sendingReason(error) ?? deliveryReason(error, carrier)),
    mayAddFile: mayWrite && attempt.recorded && evidenceName === null,
    mayWithdraw: mayWrite && result === 'waiting' && !attempt.claimed,
  };
}
