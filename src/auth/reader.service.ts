import { Injectable } from '@nestjs/common';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import { ApiKeyService } from './api-key.service';
import type { SessionAccount } from './session.repository';
import { SessionService } from './session.service';
import { tokenHash } from './token';

export interface Identity {
  reader: Reader;
  mustChangePassword: boolean;
}

type Seat = Pick<SessionAccount, 'unitId' | 'unitKind' | 'unitName'>;
type Place = Pick<Reader, 'unitId' | 'departmentId' | 'communeIds' | 'unitName'>;

/** Turns a credential into the reader every query is limited to. */
@Injectable()
export class ReaderService {
  constructor(
    private readonly sessions: SessionService,
    private readonly keys: ApiKeyService,
    private readonly units: UnitService,
  ) {}

  /** @param attended false: the request does not count as use of the session */
  async ofSession(token: string, attended = true): Promise<Identity | undefined> {
    const account = await this.sessions.accountOf(token, attended);
    if (!account) return undefined;
    const reader: Reader = {
      kind: 'user',
      id: account.userId,
      name: account.fullName,
      title: account.title ?? '',
      role: account.role,
      ...(await this.placeOf(account)),
      letterKeys: account.letterKeys,
      sessionId: tokenHash(token).toString('base64url'),
    };
    return { reader, mustChangePassword: account.mustChangePassword };
  }

  async ofKey(key: string): Promise<Identity | undefined> {
    const found = await this.keys.find(key);
    if (!found) return undefined;
    const reader: Reader = {
      kind: 'api-key',
      id: found.id,
      name: found.name,
      title: '',
      role: found.role,
      ...(await this.placeOf(found)),
      letterKeys: false,
      sessionId: '',
    };
    return { reader, mustChangePassword: false };
  }

  private async placeOf({ unitId, unitKind, unitName }: Seat): Promise<Place> {
    const communeIds = await this.units.communesInReach(unitId);
    const inCommune = unitKind === 'centre' || unitKind === 'department';
    const [commune] = communeIds;
    const ofCommune = unitKind !== 'province' && commune !== undefined;
    return {
      unitId,
      departmentId: inCommune ? unitId : null,
      communeIds,
      unitName: ofCommune ? (await this.units.settingsOf(commune)).agencyShort : unitName,
    };
  }
}
