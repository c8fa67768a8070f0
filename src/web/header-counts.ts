import { Injectable } from '@nestjs/common';
import type { Reader } from './reader';

export type HeaderCountName = 'queue' | 'letters' | 'alerts';
type Count = (reader: Reader) => Promise<number>;

/** Numbers in the page header. Features register theirs; the layout asks for all of them. */
@Injectable()
export class HeaderCounts {
  private readonly counts = new Map<HeaderCountName, Count>();

  register(name: HeaderCountName, count: Count): void {
    this.counts.set(name, count);
  }

  async of(reader: Reader): Promise<Partial<Record<HeaderCountName, number>>> {
    const entries = [...this.counts].map(async ([name, count]) => [name, await count(reader)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
}
