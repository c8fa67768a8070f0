import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { UnitService } from '../units/unit.service';
import { NotificationRepository, type WaitingNotification } from './notification.repository';
import { NotificationService, type KeyedMessage } from './notification.service';

/** What concerns the service itself goes to everybody who administers it. */
@Injectable()
export class AdministratorMail {
  constructor(
    private readonly repository: NotificationRepository,
    private readonly notifications: NotificationService,
    private readonly units: UnitService,
  ) {}

  /**
   * One message to every active administrator with an address, never the same one twice.
   * Call `announce` with the result after the commit.
   */
  async write(
    tx: Tx,
    message: KeyedMessage,
    deliverAfter: (unitId: number) => Date,
  ): Promise<WaitingNotification[]> {
    const waiting: WaitingNotification[] = [];
    for (const { id, unitId } of await this.repository.administrators(tx)) {
      const made = await this.notifications.once(tx, id, message, deliverAfter(unitId));
      if (made) waiting.push(made);
    }
    return waiting;
  }

  /** Communes whose cases the reader of the message may see. */
  async communesOf(tx: Tx, notificationId: number): Promise<number[]> {
    return this.units.communesInReach(await this.repository.recipientUnit(tx, notificationId));
  }

  announce(waiting: WaitingNotification[]): Promise<void> {
    return this.notifications.announce(waiting);
  }
}
