import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/user.service';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { channelNames, deliveryReason, deliveryStates } from '../platform/delivery-words';
import { AppError } from '../platform/errors';
import { isMailKind, mailKinds } from '../platform/mail-labels';
import { PAGE_SIZE } from '../web/pager';
import type { Reader } from '../web/reader';
import {
  DeliveryLogRepository,
  type LogFilter,
  type LoggedNotification,
  type LogReach,
} from './delivery-log.repository';
import { NotificationService } from './notification.service';

const options = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const KINDS = Object.fromEntries(Object.entries(mailKinds).map(([kind, { name }]) => [kind, name]));

/** The log of messages: administrators see their communes, supervisors the people of their own unit. */
@Injectable()
export class DeliveryLog {
  constructor(
    private readonly database: Database,
    private readonly log: DeliveryLogRepository,
    private readonly notifications: NotificationService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, filter: LogFilter, page: number) {
    const tx = this.database.pool;
    const reach = reachOf(reader);
    const window = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
    const [found, total, people] = await Promise.all([
      this.log.page(tx, reach, filter, window),
      this.log.count(tx, reach, filter),
      this.log.people(tx, reach),
    ]);
    return {
      total,
      messages: found.map(lineOf),
      maySend: reader.role === 'administrator',
      states: options(deliveryStates),
      channels: options(channelNames),
      kinds: options(KINDS),
      people: people.map(({ id, name }) => ({ value: String(id), label: name })),
    };
  }

  /** @throws MESSAGE_NOT_FAILED also for messages the reader may not see */
  async sendAgain(by: Actor, reader: Reader, id: number): Promise<void> {
    const again = await this.database.transaction(async (tx) => {
      const taken = await this.log.takeUpAgain(tx, reachOf(reader), id, this.clock.now());
      if (!taken) throw new AppError('MESSAGE_NOT_FAILED', { id });
      await this.audit.record(tx, { ...by, action: 'notification.resent', subject: `notification:${id}` });
      return taken;
    });
    await this.notifications.announce([again]);
  }
}

const reachOf = ({ role, communeIds, unitId }: Reader): LogReach =>
  role === 'administrator' ? { communeIds, unitId } : { communeIds: [], unitId };

/** A message as a clerk reads it; `reason` in words, `error` as the server said it. */
function lineOf(logged: LoggedNotification) {
  const { channel, template, state, error } = logged;
  return {
    ...logged,
    kindName: isMailKind(template) ? mailKinds[template].name : template,
    channelName: channelNames[channel],
    stateName: deliveryStates[state],
    tone: { pending: 'info', sending: 'info', sent: 'safe', failed: 'late', withdrawn: 'none' }[state],
    reason: error === null ? null : deliveryReason(error, channel),
  };
}
