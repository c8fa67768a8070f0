import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AlertRepository, type DefaultRule } from './alert.repository';

/** Few and early enough to act on; an administrator may change or switch them off. */
const DEFAULTS: DefaultRule[] = [
  { key: 'before-2', kind: 'before', amount: 2, recipients: ['department'] },
  { key: 'due-today', kind: 'due-day', amount: 0, recipients: ['department'] },
  { key: 'overdue', kind: 'overdue', amount: 0, recipients: ['department', 'supervisor'] },
];

@Injectable()
export class AlertBootstrap {
  constructor(
    private readonly database: Database,
    private readonly repository: AlertRepository,
  ) {}

  /** Adds the rules that are missing; those that exist, also when switched off, stay as they are. */
  run(): Promise<number> {
    return this.repository.insertDefaults(this.database.pool, DEFAULTS);
  }
}
