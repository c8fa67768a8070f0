import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
} from '@nestjs/common';
import { concatMap, type Observable } from 'rxjs';
import type { ReaderRequest } from '../web/reader';
import { AlertListService } from './alert-list.service';

const CASE_PAGE = '/ho-so/:ma';

/** Who opens the page of a case has seen the alerts about it; `cases` comes before `alerts` and knows nothing of them. */
@Injectable()
export class CaseOpenedInterceptor implements NestInterceptor {
  private readonly log = new Logger('Alerts');

  constructor(private readonly alerts: AlertListService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<ReaderRequest>();
    const opened = request.method === 'GET' && request.routeOptions?.url === CASE_PAGE;
    return opened ? next.handle().pipe(concatMap((page) => this.seen(request, page))) : next.handle();
  }

  /** The page is shown in any case. */
  private async seen({ reader, params }: ReaderRequest, page: unknown): Promise<unknown> {
    const { ma } = params as { ma: string };
    try {
      if (reader) await this.alerts.markCaseSeen(reader, ma);
    } catch (error) {
      this.log.warn(`alerts of ${ma} not marked: ${(error as Error).message}`);
    }
    return page;
  }
}
