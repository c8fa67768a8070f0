import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AlertRuleRepository, type DefaultRule } from './alert-rule.repository';

type Told = Pick<DefaultRule, 'key' | 'name' | 'theme' | 'moment' | 'recipients'> & Partial<DefaultRule>;

const rule = (told: Told): DefaultRule => ({
  ...{ amount: 0, measure: 'working-days', urgency: 'day', channels: ['email'] },
  ...{ climbTo: [], climbHours: 4, active: true, ...told },
});

/**
 * Few and early enough to act on; an administrator may change or switch them off. On the day of a deadline three
 * people know: who works on the case, the head of the department and the director.
 */
const DEFAULTS: DefaultRule[] = [
  rule({
    ...{ key: 'before-2', name: 'Còn 2 ngày làm việc', theme: 'deadline', moment: 'before', amount: 2 },
    ...{ recipients: ['officer'], urgency: 'digest' },
  }),
  rule({
    ...{ key: 'letter', name: 'Thư xin lỗi phải gửi trong ngày', theme: 'letter', moment: 'on-day' },
    recipients: ['officer', 'department-head'],
  }),
  rule({
    ...{ key: 'due-today', name: 'Đến hạn hôm nay', theme: 'deadline', moment: 'on-day' },
    ...{ recipients: ['officer', 'department-head', 'director'] },
  }),
  rule({
    ...{ key: 'last-hours', name: 'Còn 2 giờ làm việc', theme: 'deadline', moment: 'before', amount: 2 },
    ...{ measure: 'working-hours', recipients: ['officer'], climbTo: ['department-head'], climbHours: 1 },
  }),
  rule({
    ...{ key: 'overdue', name: 'Quá hạn', theme: 'deadline', moment: 'after' },
    ...{ recipients: ['officer', 'department-head'], climbTo: ['director', 'chairman'] },
  }),
  rule({
    ...{ key: 'overdue-3', name: 'Quá hạn 3 ngày làm việc', theme: 'deadline', moment: 'after', amount: 3 },
    ...{ recipients: ['officer', 'department-head', 'director', 'chairman'], urgency: 'digest' },
  }),
  rule({
    ...{ key: 'step', name: 'Bước xử lý đến hạn', theme: 'step', moment: 'on-day', recipients: ['officer'] },
  }),
  rule({
    ...{ key: 'step-overdue', name: 'Bước xử lý quá hạn', theme: 'step', moment: 'after' },
    ...{ recipients: ['officer', 'department-head'], urgency: 'digest' },
  }),
  rule({
    ...{ key: 'acceptance', name: 'Hồ sơ trực tuyến chưa tiếp nhận', theme: 'acceptance', moment: 'before' },
    ...{ amount: 2, measure: 'working-hours', recipients: ['desk'], climbTo: ['director'], climbHours: 2 },
  }),
  rule({
    ...{ key: 'supplement', name: 'Chưa nhận được giấy tờ bổ sung', theme: 'supplement', moment: 'after' },
    ...{ amount: 10, recipients: ['officer', 'desk'], urgency: 'digest' },
  }),
  rule({
    ...{ key: 'idle', name: 'Hồ sơ không có diễn biến', theme: 'idle', moment: 'after', amount: 7 },
    // Lists tell no movement: of use where systems push what happens, or where people note it.
    ...{ recipients: ['officer', 'department-head'], urgency: 'digest', active: false },
  }),
  rule({
    ...{ key: 'unassigned', name: 'Chưa giao người xử lý', theme: 'unassigned', moment: 'after', amount: 4 },
    ...{ measure: 'working-hours', recipients: ['desk', 'director'] },
  }),
];

@Injectable()
export class AlertBootstrap {
  constructor(
    private readonly database: Database,
    private readonly rules: AlertRuleRepository,
  ) {}

  /** Adds the rules that are missing; those that exist, also when switched off, stay as they are. */
  run(): Promise<number> {
    return this.rules.insertDefaults(this.database.pool, DEFAULTS);
  }
}
