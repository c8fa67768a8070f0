import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module';
import { UnitsModule } from '../units/units.module';
import { ApiKeyRepository } from './api-key.repository';
import { ApiKeyService } from './api-key.service';
import { AuthGuard } from './auth.guard';
import { FirstAccount } from './first-account';
import { OwnAccountController } from './own-account.controller';
import { OwnAccountService } from './own-account.service';
import { ReaderService } from './reader.service';
import { RouteAccess } from './route-access';
import { SessionProcessor } from './session.processor';
import { SessionRepository } from './session.repository';
import { SessionService } from './session.service';
import { SignInController } from './sign-in.controller';
import { SignInRate } from './sign-in-rate';
import { SignInService } from './sign-in.service';
import { UserActsController } from './user-acts.controller';
import { UserController } from './user.controller';
import { UserPages } from './user-pages.service';
import { UserRepository } from './user.repository';
import { UserService } from './user.service';

const accounts = [UserRepository, UserService, UserPages, OwnAccountService, FirstAccount];
const sessions = [SessionRepository, SessionService, SessionProcessor, SignInService, SignInRate];
const access = [ApiKeyRepository, ApiKeyService, ReaderService, RouteAccess];

@Module({
  imports: [DiscoveryModule, AuditModule, UnitsModule],
  controllers: [SignInController, OwnAccountController, UserController, UserActsController],
  providers: [...accounts, ...sessions, ...access, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: [ApiKeyService, FirstAccount, ReaderService, RouteAccess, SessionService, UserService],
})
export class AuthModule {}
