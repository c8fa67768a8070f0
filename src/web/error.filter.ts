import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../platform/clock';
import { type Fault, faultOf } from './fault';
import { incidentNumber } from './incident';
import { HTML } from './page.interceptor';
import { PageRenderer } from './page-renderer';
import type { ReaderRequest } from './reader';

const ACCOUNT = '/tai-khoan';

/** Where to return after signing in: the page itself, or the page whose form was sent. Never another site. */
function wayBack(request: ReaderRequest): string {
  if (request.method === 'GET' && !request.headers['hx-request']) return request.url;
  const from = String(request.headers['hx-current-url'] ?? request.headers.referer ?? '');
  if (!URL.canParse(from)) return '/';
  const { host, pathname, search } = new URL(from);
  return host === request.headers.host ? pathname + search : '/';
}

/** The browser went away in the middle of a request or an answer: nobody is left to be told, nothing failed. */
function isAbandoned(exception: unknown, request: ReaderRequest): boolean {
  const code = (exception as { code?: unknown } | null)?.code;
  return request.raw.socket.destroyed && (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET');
}

/** Every failure leaves through here: as a page, as a fragment for htmx, or as problem+json for the API. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Web');

  constructor(
    private readonly renderer: PageRenderer,
    private readonly clock: Clock,
  ) {}

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<ReaderRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (isAbandoned(exception, request))
      return void this.logger.debug(`abandoned: ${request.method} ${request.url}`);
    const path = request.url.split('?')[0] ?? '/';
    const fault = faultOf(exception, path, () => this.record(exception, request));
    if (reply.sent) return;
    try {
      await this.answer(request, reply, path, fault);
    } catch (e) {
      // A rejection here would end the process.
      this.record(e, request);
      void reply.code(500).type('text/plain; charset=utf-8').send(`${fault.text} ${fault.remedy}`);
    }
  }

  protected async answer(request: ReaderRequest, reply: FastifyReply, path: string, fault: Fault) {
    if (path.startsWith('/api/')) this.problem(reply, fault, path);
    else if (fault.status === 401) this.signIn(request, reply);
    else if (fault.code === 'PASSWORD_CHANGE_DUE') this.changePassword(request, reply);
    else if (request.headers['hx-request']) this.fragment(reply, fault);
    else await this.page(request, reply, fault);
  }

  private record(exception: unknown, request: ReaderRequest): string {
    const incident = incidentNumber(this.clock.now());
    const path = request.url.split('?')[0];
    const stack = exception instanceof Error ? exception.stack : String(exception);
    this.logger.error(`incident ${incident}: ${request.method} ${path}`, stack);
    return incident;
  }

  private problem(reply: FastifyReply, fault: Fault, path: string): void {
    const { status, code, text: title, remedy: detail, incident, faults } = fault;
    const known = { type: 'about:blank', title, status, detail, code, instance: path };
    const problem = faults.length > 0 ? { ...known, faults } : known;
    void reply
      .code(status)
      .type('application/problem+json')
      .send(JSON.stringify(incident ? { ...problem, incident } : problem));
  }

  private signIn(request: ReaderRequest, reply: FastifyReply): void {
    const address = `/dang-nhap?ve=${encodeURIComponent(wayBack(request))}`;
    if (request.headers['hx-request']) void reply.code(401).header('hx-redirect', address).send();
    else void reply.code(303).header('location', address).send();
  }

  /** The account page says why it opened. */
  private changePassword(request: ReaderRequest, reply: FastifyReply): void {
    if (request.headers['hx-request']) void reply.code(403).header('hx-redirect', ACCOUNT).send();
    else void reply.code(303).header('location', ACCOUNT).send();
  }

  /** Lands in the notices of the page, whatever the request meant to replace. */
  private fragment(reply: FastifyReply, fault: Fault): void {
    void reply
      .code(fault.status)
      .type(HTML)
      .headers({
        'hx-retarget': '#thong-bao',
        'hx-reselect': '.note',
        'hx-reswap': 'innerHTML',
        'hx-push-url': 'false',
      })
      .send(this.renderer.fragment('web/fault', fault));
  }

  private async page(request: ReaderRequest, reply: FastifyReply, fault: Fault): Promise<void> {
    const again = request.method === 'GET' && fault.status >= 429 ? request.url : null;
    const model = { ...fault, heading: fault.text.replace(/\.$/, ''), again };
    const page = { template: 'web/error', title: 'Lỗi' };
    const html = await this.renderer
      .page(request, reply, page, model)
      .catch(() => this.renderer.plain(page.template, page.title, model));
    void reply.code(fault.status).type(HTML).send(html);
  }
}
