import { describeCrashes } from './alerts-crash-suite';

describeCrashes('postgres', null);
