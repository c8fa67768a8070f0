import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { MailContents } from '../notifications/mail-contents';
import { NotificationsModule } from '../notifications/notifications.module';
import { SetupChecklist } from '../units/setup-checklist';
import { UnitsModule } from '../units/units.module';
import { CasesModule } from './cases.module';
import { DEADLINE_CHECK, DeadlineCheckMail } from './deadline-check-mail';
import { DeadlineCheckPages, DeadlineRebuild } from './deadline-check-pages.service';
import { DeadlineCheckApiController } from './deadline-check.api.controller';
import { DeadlineCheckController } from './deadline-check.controller';
import { DeadlineCheckProcessor } from './deadline-check.processor';
import { DeadlineCheckRepository } from './deadline-check.repository';
import { DeadlineCheckService } from './deadline-check.service';
import { DeadlineComparison } from './deadline-comparison.service';

/** The nightly proof that stored deadlines are what would be computed. */
@Module({
  imports: [AuditModule, UnitsModule, NotificationsModule, CalendarsModule, CasesModule],
  controllers: [DeadlineCheckController, DeadlineCheckApiController],
  providers: [
    DeadlineCheckMail,
    DeadlineCheckPages,
    DeadlineCheckProcessor,
    DeadlineCheckRepository,
    DeadlineCheckService,
    DeadlineComparison,
    DeadlineRebuild,
  ],
  exports: [DeadlineCheckService, DeadlineComparison],
})
export class DeadlineChecksModule implements OnModuleInit {
  constructor(
    private readonly mail: DeadlineCheckMail,
    private readonly pages: DeadlineCheckPages,
    private readonly contents: MailContents,
    private readonly checklist: SetupChecklist,
  ) {}

  onModuleInit(): void {
    this.contents.register(DEADLINE_CHECK, {
      compose: (tx, id) => this.mail.compose(tx, id),
      sample: () => Promise.resolve(this.mail.sample()),
    });
    this.checklist.register('deadline-check', () => this.pages.setupItem());
  }
}
