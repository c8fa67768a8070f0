import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';

type FindSuperiors = (tx: Tx, userId: number) => Promise<number[]>;

/** Who answers for a person's work: a later feature knows; until it says so, nobody does. */
@Injectable()
export class Superiors {
  private find: FindSuperiors = () => Promise.resolve([]);

  register(find: FindSuperiors): void {
    this.find = find;
  }

  /** Ids of accounts, the person's own left out. */
  async of(tx: Tx, userId: number): Promise<number[]> {
    return (await this.find(tx, userId)).filter((id) => id !== userId);
  }
}
