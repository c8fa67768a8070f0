import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { deliveryReason } from '../platform/delivery-words';
import { AppError } from '../platform/errors';
import { SetupChecklist } from '../units/setup-checklist';
import type { Unit } from '../units/unit';
import { UnitService } from '../units/unit.service';
import { ROLES, type Reader } from '../web/reader';
import { userFields } from './user-form.dto';
import { UserRepository, type User } from './user.repository';

const USERS = '/quan-tri/nguoi-dung';
const INDENT = '\u00a0\u00a0';

/** What the pages of accounts show; an administrator sees the accounts of the communes in reach. */
@Injectable()
export class UserPages implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly units: UnitService,
    private readonly clock: Clock,
    private readonly checklist: SetupChecklist,
  ) {}

  onModuleInit(): void {
    this.checklist.register('accounts', (reader) => this.setupItem(reader));
  }

  async list(reader: Reader) {
    const users = await this.inReach(reader);
    return users.map((user) => ({
      ...user,
      path: pathOf(user.username),
      refusal: user.mailRefused && deliveryReason(user.mailRefused),
      locked: user.lockedUntil !== null && user.lockedUntil > this.clock.now(),
    }));
  }

  /** @throws USER_NOT_FOUND also for accounts the reader may not see */
  async find(reader: Reader, username: string): Promise<User> {
    const { communeIds, unitId } = reader;
    const user = await this.users.byUsernameInReach(this.database.pool, communeIds, unitId, username);
    if (!user) throw new AppError('USER_NOT_FOUND', { username });
    return user;
  }

  async form(reader: Reader, user: User | null, body: unknown) {
    const units = await this.unitsInReach(reader);
    const unitCode = units.find((unit) => unit.id === (user?.unitId ?? reader.unitId))?.code ?? '';
    return {
      title: user?.fullName ?? 'Thêm người dùng',
      user: user && { ...user, path: pathOf(user.username) },
      /** a new password in clear, on the one answer that shows it */
      password: null as string | null,
      form: userFields(user, unitCode, body),
      roles: ROLES,
      units: units.map((unit) => ({ value: unit.code, label: optionOf(unit) })),
      crumbs: [{ href: USERS, label: 'Người dùng' }],
    };
  }

  /** @throws UNIT_NOT_FOUND also for units the reader may not see */
  async unitId(reader: Reader, code: string): Promise<number> {
    const unit = (await this.unitsInReach(reader)).find((seen) => seen.code === code);
    if (!unit) throw new AppError('UNIT_NOT_FOUND', { code });
    return unit.id;
  }

  private inReach(reader: Reader): Promise<User[]> {
    return this.users.inReach(this.database.pool, reader.communeIds, reader.unitId);
  }

  /** Each commune followed by what is below it. */
  private async unitsInReach(reader: Reader): Promise<Unit[]> {
    const all = (await this.units.all()).filter((unit) => unit.active);
    const own = all.filter((unit) => unit.id === reader.unitId && unit.kind === 'province');
    const communes = all.filter((unit) => reader.communeIds.includes(unit.id));
    return [...own, ...communes.flatMap((c) => [c, ...all.filter((unit) => unit.parentId === c.id)])];
  }

  private async setupItem(reader: Reader) {
    const users = (await this.inReach(reader)).filter((user) => user.active);
    const done = ROLES.every((role) => users.some((user) => user.role === role));
    return {
      label: 'Tạo tài khoản cho từng vai trò',
      href: USERS,
      done,
      detail: done
        ? `${users.length} tài khoản đang dùng.`
        : 'Mỗi vai trò một tài khoản: cán bộ một cửa, lãnh đạo, văn thư, quản trị.',
    };
  }
}

const pathOf = (username: string): string => `${USERS}/${encodeURIComponent(username)}`;

const optionOf = ({ kind, name }: Unit): string =>
  kind === 'centre' || kind === 'department' ? `${INDENT}${name}` : name;
