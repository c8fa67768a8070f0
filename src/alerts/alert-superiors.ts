import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayOfInstant, isoDay } from '../domain/local-date';
import { Superiors } from '../notifications/superiors';
import { Clock } from '../platform/clock';
import { AlertRuleRepository } from './alert-rule.repository';
import { StaffDirectory } from './staff-directory';

/** Says who is told when somebody's mail does not arrive: who would be told of that person's cases. */
@Injectable()
export class AlertSuperiors implements OnModuleInit {
  constructor(
    private readonly superiors: Superiors,
    private readonly rules: AlertRuleRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.superiors.register(async (tx, userId) => {
      const today = isoDay(dayOfInstant(this.clock.now()));
      const staff = new StaffDirectory(await this.rules.staff(tx), await this.rules.absent(tx, today));
      return staff.superiorsOf(userId);
    });
  }
}
