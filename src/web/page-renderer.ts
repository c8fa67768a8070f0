import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../platform/clock';
import { csrfToken } from './csrf';
import { HeaderCounts } from './header-counts';
import { Navigation } from './navigation';
import { takeNotice } from './notice';
import { OfficeDirectory } from './office';
import type { FormFault, PageOptions } from './page';
import type { ReaderRequest } from './reader';
import { ViewEngine } from './view-engine';

const ADMINISTRATION = '/quan-tri';

interface OwnWords {
  title?: string;
  pageClass?: string;
}

/** Puts a page's template into its layout with what every page shows: navigation, counts, token, notice, clock. */
@Injectable()
export class PageRenderer {
  constructor(
    private readonly engine: ViewEngine,
    private readonly navigation: Navigation,
    private readonly counts: HeaderCounts,
    private readonly offices: OfficeDirectory,
    private readonly clock: Clock,
  ) {}

  async page(
    request: ReaderRequest,
    reply: FastifyReply,
    page: PageOptions & { template: string },
    model: object,
    faults: FormFault[] = [],
  ): Promise<string> {
    const own = model as OwnWords;
    const words = { title: own.title ?? page.title, pageClass: own.pageClass ?? page.pageClass ?? null };
    const locals = { ...(await this.locals(request, reply, page)), ...words, faults };
    // The full layout greets a signed-in person; without one there is nobody to greet.
    const layout = locals.reader ? (page.layout ?? 'app') : 'bare';
    return this.engine.page(page.template, layout, model, locals);
  }

  /** A page that asks nothing of the database: for errors, when that may be what failed. */
  plain(template: string, title: string, model: object): string {
    const nobody = {
      reader: null,
      nav: [],
      alerts: 0,
      currentNav: '',
      subnav: null,
      commune: null,
      csrfToken: '',
    };
    const words = { title, pageClass: null, faults: [], notice: null };
    const clock = { now: this.clock.now(), clockShifted: this.clock.shifted };
    return this.engine.page(template, 'bare', model, { ...nobody, ...words, ...clock });
  }

  /** A template by itself, for the answer to an htmx request. */
  fragment(template: string, model: object): string {
    return this.engine.fragment(template, model, { faults: [] });
  }

  /** The counts of the header alone, for the page that stays open. */
  async headerCounts(request: ReaderRequest, nav: string): Promise<string> {
    return this.engine.fragment('web/header-counts', {}, await this.header(request, { title: '', nav }));
  }

  private async locals(request: ReaderRequest, reply: FastifyReply, page: PageOptions) {
    const reader = request.reader ?? null;
    const [header, commune] = await Promise.all([this.header(request, page), this.offices.of(reader)]);
    return {
      ...header,
      csrfToken: csrfToken(request, reply),
      reader,
      now: this.clock.now(),
      clockShifted: this.clock.shifted,
      notice: takeNotice(request, reply),
      commune,
    };
  }

  private async header({ reader }: ReaderRequest, page: PageOptions) {
    // A page that others reach from elsewhere stands in the second navigation of whoever has one.
    const administers =
      reader !== undefined && page.subnav !== undefined && this.navigation.administers(reader.role);
    const currentNav = administers ? ADMINISTRATION : (page.nav ?? '');
    if (!reader) return { nav: [], alerts: 0, currentNav, subnav: null };
    const counts = await this.counts.of(reader);
    const now = this.clock.now();
    return {
      nav: this.navigation.main(reader.role, currentNav, counts),
      alerts: counts.alerts ?? 0,
      currentNav,
      subnav:
        administers || currentNav === ADMINISTRATION
          ? this.navigation.second(reader.role, page.subnav ?? '', now)
          : null,
    };
  }
}
