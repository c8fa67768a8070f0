import { describeCrashes } from './alerts-crash-suite';

describeCrashes('redis', process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379');
