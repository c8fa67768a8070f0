import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Runtime } from '../platform/runtime';
import { UnitsModule } from '../units/units.module';
import { AdministratorMail } from './administrator-mail.service';
import { DeliveryService } from './delivery.service';
import { MailContents } from './mail-contents';
import { MailboxSender, SmtpSender } from './mail-transport';
import { MailRenderer } from './mail.renderer';
import { MailSender } from './mail.sender';
import { MailboxController } from './mailbox.controller';
import { mailboxFolder, MailboxReader } from './mailbox.reader';
import { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';
import { NotificationsProcessor } from './notifications.processor';

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
  imports: [UnitsModule],
  controllers: [MailboxController],
  providers: [
    { provide: MailSender, inject: [Runtime], useFactory: openSender },
    MailConnections,
    MailboxReader,
    MailRenderer,
    MailContents,
    NotificationRepository,
    NotificationService,
    AdministratorMail,
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
  ],
})
export class NotificationsModule {}
