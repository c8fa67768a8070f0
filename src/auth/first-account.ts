import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { UnitService } from '../units/unit.service';
import { UserRepository } from './user.repository';
import { UserService } from './user.service';

export interface FirstCredentials {
  username: string;
  password: string;
}

const USERNAME = 'quantri';

/** The administrator of a fresh installation. Run after UnitBootstrap. */
@Injectable()
export class FirstAccount {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly service: UserService,
    private readonly units: UnitService,
  ) {}

  /** @returns the password to print once, or null when there is an account already */
  async run(): Promise<FirstCredentials | null> {
    if ((await this.users.count(this.database.pool)) > 0) return null;
    const commune = await this.units.commune();
    return this.database.transaction(async (tx) => {
      await this.users.lockTable(tx);
      if ((await this.users.count(tx)) > 0) return null;
      const by = { actor: 'first start', userId: null };
      const { password } = await this.service.createIn(tx, by, {
        username: USERNAME,
        fullName: 'Quản trị hệ thống',
        role: 'administrator',
        unitId: commune.id,
      });
      return { username: USERNAME, password };
    });
  }
}
