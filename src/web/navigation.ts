import { Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { civil, dayOfInstant } from '../domain/local-date';
import type { HeaderCountName } from './header-counts';
import { ROLES_KEY, type Role } from './reader';

interface Entry {
  key: string;
  href: string;
  icon: string;
  count?: HeaderCountName;
}

/** Entries of the main navigation; their names stand in templates/partials/nav-label.hbs. */
const MAIN: Entry[] = [
  { key: 'queue', href: '/hang-viec', icon: 'list', count: 'queue' },
  { key: 'cases', href: '/ho-so', icon: 'file' },
  { key: 'calculation', href: '/tinh-han', icon: 'count' },
  { key: 'letters', href: '/thu-xin-loi', icon: 'mail', count: 'letters' },
  { key: 'dashboard', href: '/dieu-hanh', icon: 'chart' },
];

const ADMINISTRATION = '/quan-tri';
const CALENDAR = `${ADMINISTRATION}/lich`;

/** Second navigation, of the administrator; what has a group stands one line below, under the name of the group. */
const SECOND: { key: string; href: string; group?: string }[] = [
  { key: 'import', href: `${ADMINISTRATION}/nhap-ho-so` },
  { key: 'calendar', href: CALENDAR },
  { key: 'procedures', href: `${ADMINISTRATION}/thu-tuc` },
  { key: 'reconciliation', href: '/doi-soat' },
  { key: 'alert-rules', href: `${ADMINISTRATION}/nhac-viec` },
  { key: 'users', href: `${ADMINISTRATION}/nguoi-dung` },
  { key: 'units', href: `${ADMINISTRATION}/don-vi` },
  { key: 'forms', href: `${ADMINISTRATION}/mau-van-ban`, group: 'wordings' },
  { key: 'mail-wording', href: `${ADMINISTRATION}/mau-thu`, group: 'wordings' },
  { key: 'letter-reasons', href: `${ADMINISTRATION}/ly-do-cham`, group: 'wordings' },
  { key: 'signing-keys', href: `${ADMINISTRATION}/khoa-ky` },
  { key: 'webhooks', href: `${ADMINISTRATION}/kenh-nhan`, group: 'sending' },
  { key: 'delivery-log', href: `${ADMINISTRATION}/nhat-ky-gui`, group: 'sending' },
  { key: 'mailbox', href: `${ADMINISTRATION}/hop-thu`, group: 'sending' },
  { key: 'jobs', href: `${ADMINISTRATION}/cong-viec`, group: 'operation' },
  { key: 'deadline-check', href: `${ADMINISTRATION}/doi-chieu`, group: 'operation' },
  { key: 'audit', href: `${ADMINISTRATION}/nhat-ky`, group: 'operation' },
];

export interface NavigationEntry {
  key: string;
  href: string;
  icon: string;
  current: boolean;
  count: number;
}

export interface SecondEntry {
  /** of the page, or of its group */
  key: string;
  href: string;
  current: boolean;
}

export interface SecondNavigation {
  entries: SecondEntry[];
  /** pages of the current group; none where the page stands alone */
  members: SecondEntry[];
}

interface PageRoute {
  path: string;
  roles: Role[];
}

const below = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`);

/** Shows an entry exactly when its page exists and the role may open it: the routes themselves are asked. */
@Injectable()
export class Navigation implements OnApplicationBootstrap {
  private routes: PageRoute[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    this.routes = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? this.routesOf(metatype as NewableFunction) : []));
  }

  main(role: Role, current: string, counts: Partial<Record<HeaderCountName, number>>): NavigationEntry[] {
    const entries: Entry[] = MAIN.filter(({ href }) => this.open(role, href));
    const first = SECOND.find(({ href }) => this.open(role, href));
    const start = this.routes.some(({ path }) => path === ADMINISTRATION) ? ADMINISTRATION : first?.href;
    if (start && this.open(role, start)) entries.push({ key: 'administration', href: start, icon: 'gear' });
    return entries.map(({ key, href, icon, count }) => ({
      key,
      href,
      icon,
      current: key === 'administration' ? current === ADMINISTRATION : href === current,
      count: (count && counts[count]) ?? 0,
    }));
  }

  /** `current` is the page's own entry; the calendar opens at the year of `now`. */
  second(role: Role, current: string, now: Date): SecondNavigation {
    const pages = SECOND.filter(({ href }) => this.open(role, href)).map(({ key, href, group }) => ({
      key,
      group,
      href: href === CALENDAR ? `${href}/${civil(dayOfInstant(now)).year}` : href,
      current: current !== '' && below(current, href),
    }));
    const here = pages.find((page) => page.current)?.group;
    const first = pages.filter(({ group }, i) => !group || pages.findIndex((p) => p.group === group) === i);
    return {
      entries: first.map(({ key, group, href, current: alone }) => ({
        ...{ key: group ?? key, href },
        current: group ? group === here : alone,
      })),
      members: here ? pages.filter(({ group }) => group === here) : [],
    };
  }

  /** The role has a second navigation. */
  administers(role: Role): boolean {
    return this.open(role, ADMINISTRATION);
  }

  private open(role: Role, href: string): boolean {
    const exact = this.routes.filter(({ path }) => path === href);
    const asked = exact.length > 0 ? exact : this.routes.filter(({ path }) => below(path, href));
    return asked.some(({ roles }) => roles.includes(role));
  }

  private routesOf(controller: NewableFunction): PageRoute[] {
    const prototype = controller.prototype as Record<string, (...args: unknown[]) => unknown>;
    const prefixes = pathsOf(controller);
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (!handler || Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.GET) return [];
      const roles =
        this.reflector.getAllAndOverride<Role[] | undefined>(ROLES_KEY, [handler, controller]) ?? [];
      return prefixes.flatMap((a) =>
        pathsOf(handler).map((b) => ({
          path: `/${a}/${b}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
          roles,
        })),
      );
    });
  }
}

function pathsOf(target: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return Array.isArray(path) ? path : [path ?? ''];
}
