import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { from, type Observable, switchMap } from 'rxjs';
import { leaveNotice } from './notice';
import { Invalid, PAGE_KEY, type PageMetadata, Redirect } from './page';
import { PageRenderer } from './page-renderer';
import type { ReaderRequest } from './reader';

export const HTML = 'text/html; charset=utf-8';

/** Turns what a `@Page` handler returns into HTML, and `redirect(…)` of any handler into 303. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly renderer: PageRenderer,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(switchMap((result) => from(this.answer(context, result))));
  }

  private async answer(context: ExecutionContext, result: unknown): Promise<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (result instanceof Redirect) return this.redirect(reply, result);
    const page = this.reflector.get<PageMetadata | undefined>(PAGE_KEY, context.getHandler());
    if (!page) {
      if (result instanceof Invalid) throw new Error('invalid(…) from a route without @Page');
      return result;
    }
    const request = context.switchToHttp().getRequest<ReaderRequest>();
    const refused = result instanceof Invalid;
    const model = (refused ? result.model : (result ?? {})) as object;
    void reply.type(HTML).code(refused ? 422 : 200);
    return this.renderer.page(request, reply, page, model, refused ? result.faults : []);
  }

  private redirect(reply: FastifyReply, { url, notice }: Redirect): void {
    if (notice) leaveNotice(reply, notice);
    void reply.code(303).header('location', url);
  }
}
