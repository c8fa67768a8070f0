import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Runtime } from '../platform/runtime';
import { AuditModule } from '../audit/audit.module';
import { UnitsModule } from '../units/units.module';
import { AdministratorMail } from './administrator-mail.service';
import { Channels } from './channels';
import { DeliveryLogController } from './delivery-log.controller';
import { DeliveryLogRepository } from './delivery-log.repository';
import { DeliveryLog } from './delivery-log.service';
import { DeliveryService } from './delivery.service';
import { MailChannel } from './mail-channel';
import { MailContents } from './mail-contents';
import { MailRefusalRepository } from './mail-refusal.repository';
import { MailRefusals } from './mail-refusals.service';
import { MailRefusedMail } from './mail-refused-mail';
import { MailboxSender, SmtpSender } from './mail-transport';
import { MailWordingController } from './mail-wording.controller';
import { MailWordingPages } from './mail-wording-pages.service';
import { MailWordings } from './mail-wording.service';
import { MailWordingRepository } from './mail-wording.repository';
import { MailRenderer } from './mail.renderer';
import { MailSender } from './mail.sender';
import { MailboxController } from './mailbox.controller';
import { mailboxFolder, MailboxReader } from './mailbox.reader';
import { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';
import { NotificationsProcessor } from './notifications.processor';
import { Superiors } from './superiors';
import { WebhookChannel } from './webhook-channel';
import { WebhookController } from './webhook.controller';
import { WebhookPages } from './webhook-pages.service';
import { WebhookKeys } from './webhook-keys';
import { WebhookService } from './webhook.service';
import { WebhookRepository } from './webhook.repository';
import { WebhookSender } from './webhook.sender';

const openSender = (runtime: Runtime): MailSender => {
  const { SMTP_URL, MAIL_FROM } = runtime.env;
  return SMTP_URL
    ? new SmtpSender(SMTP_URL, MAIL_FROM)
    : new MailboxSender(mailboxFolder(runtime), MAIL_FROM);
};

/** Connections to the mail server are closed after the last job, which ends before this hook. */
@Injectable()
class MailConnections implements OnApplicationShutdown {
  constructor(private readonly sender: MailSender) {}

  onApplicationShutdown(): void {
    if (this.sender instanceof SmtpSender) this.sender.close();
  }
}

@Module({
  imports: [AuditModule, UnitsModule],
  controllers: [MailboxController, WebhookController, DeliveryLogController, MailWordingController],
  providers: [
    { provide: MailSender, inject: [Runtime], useFactory: openSender },
    MailConnections,
    MailboxReader,
    ...[MailRenderer, MailWordingRepository, MailContents, MailWordings, MailWordingPages],
    ...[NotificationRepository, NotificationService, AdministratorMail],
    ...[MailChannel, WebhookChannel, WebhookRepository, WebhookSender, Channels],
    ...[WebhookKeys, WebhookService, WebhookPages, DeliveryLogRepository, DeliveryLog],
    ...[Superiors, MailRefusalRepository, MailRefusals, MailRefusedMail],
    DeliveryService,
    NotificationsProcessor,
  ],
  exports: [
    MailSender,
    MailContents,
    NotificationService,
    AdministratorMail,
    DeliveryService,
    NotificationRepository,
    MailRefusals,
    Superiors,
    WebhookSender,
  ],
})
export class NotificationsModule {}
