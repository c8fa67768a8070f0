import { rows } from '../../src/database/transaction';
import { signIn, startTestApp, type TestApp } from '../support/app';
