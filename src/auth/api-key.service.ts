import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { UnitService } from '../units/unit.service';
import type { Role } from '../web/reader';
import { ApiKeyRepository, type ApiKey } from './api-key.repository';
import { newToken, tokenHash } from './token';
import type { Actor } from './user.service';

const START = 'dh_';
const SHOWN = 10;
/** `last_used_at` is written at most this often. */
const TOUCH_MS = 60_000;

/** Keys of other systems, sent as 'Authorization: Bearer dh_…'. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly database: Database,
    private readonly keys: ApiKeyRepository,
    private readonly units: UnitService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Without a unit the key belongs to the configured commune.
   * @returns the key in clear: the only moment it is known
   */
  async create(
    name: string,
    role: Role,
    unitCode?: string,
    by: Actor = { actor: 'command line', userId: null },
  ): Promise<{ key: string; unitCode: string }> {
    const unit = unitCode === undefined ? await this.units.commune() : await this.units.byCode(unitCode);
    if (!unit) throw new AppError('UNIT_NOT_FOUND', { code: unitCode ?? '' });
    const key = `${START}${newToken()}`;
    const prefix = key.slice(0, SHOWN);
    const createdAt = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.keys.insert(tx, { unitId: unit.id, name, prefix, keyHash: tokenHash(key), role, createdAt });
      await this.audit.record(tx, {
        ...by,
        action: 'api-key.created',
        subject: `api-key:${prefix}`,
        detail: { name, role, unit: unit.code },
      });
    });
    return { key, unitCode: unit.code };
  }

  /** The valid key, or undefined. */
  async find(key: string): Promise<ApiKey | undefined> {
    if (!key.startsWith(START)) return undefined;
    const found = await this.keys.validByHash(this.database.pool, tokenHash(key));
    const now = this.clock.now();
    if (found && now.getTime() - (found.lastUsedAt?.getTime() ?? 0) >= TOUCH_MS)
      await this.keys.touch(this.database.pool, found.id, now);
    return found;
  }

  inReach(communeIds: number[], unitId: number): Promise<ApiKey[]> {
    return this.keys.inReach(this.database.pool, communeIds, unitId);
  }

  revoke(by: Actor, key: ApiKey): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!(await this.keys.revoke(tx, key.id, this.clock.now()))) return;
      await this.audit.record(tx, { ...by, action: 'api-key.revoked', subject: `api-key:${key.prefix}` });
    });
  }
}
