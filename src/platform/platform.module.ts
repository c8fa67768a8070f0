import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock';
import { FileStore } from './file-store';
import { Runtime } from './runtime';

/** What every feature may inject: the runtime's facts, the clock and the file store. */
@Global()
@Module({})
export class PlatformModule {
  static with(runtime: Runtime, clock: Clock): DynamicModule {
    return {
      module: PlatformModule,
      providers: [{ provide: Runtime, useValue: runtime }, { provide: Clock, useValue: clock }, FileStore],
      exports: [Runtime, Clock, FileStore],
    };
  }
}
