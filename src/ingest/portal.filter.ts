import { Catch } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ErrorFilter } from '../web/error.filter';
import type { Fault } from '../web/fault';
import type { ReaderRequest } from '../web/reader';
import type { PortalAnswer } from './portal-answer';

/** Failures in the shape that clients of the portal read: the status as error code, what happened and what to do. */
@Catch()
export class PortalFilter extends ErrorFilter {
  protected override answer(
    _: ReaderRequest,
    reply: FastifyReply,
    _path: string,
    fault: Fault,
  ): Promise<void> {
    const { status, text, remedy, incident } = fault;
    const message = [text, remedy, incident].filter(Boolean).join(' ');
    const answer: PortalAnswer = { error_code: String(status), message };
    void reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(answer));
    return Promise.resolve();
  }
}
