import { Controller, Get } from '@nestjs/common';
import { Database, one } from '../database/transaction';
import { AppError } from '../platform/errors';
import { Public } from './reader';

@Controller('suc-khoe')
export class HealthController {
  constructor(private readonly database: Database) {}

  /** For a supervisor or a proxy: 200 while the service and its database answer, else 503. */
  @Get()
  @Public()
  async state(): Promise<{ status: 'ok' }> {
    await one(this.database.pool, 'select 1').catch(() => {
      throw new AppError('NOT_READY');
    });
    return { status: 'ok' };
  }
}
