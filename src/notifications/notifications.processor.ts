import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '../jobs/catalogue';
import { OnJob } from '../jobs/on-job';
import { DeliveryService } from './delivery.service';
import { NotificationService } from './notification.service';

@Injectable()
export class NotificationsProcessor {
  constructor(
    private readonly delivery: DeliveryService,
    private readonly notifications: NotificationService,
  ) {}

  @OnJob('notifications.deliver')
  deliver({ notificationId }: JobPayloads['notifications.deliver']): Promise<void> {
    return this.delivery.deliver(notificationId);
  }

  @OnJob('notifications.relay')
  async relay(): Promise<void> {
    await this.notifications.relay();
  }
}
