import { defineErrors } from '../errors.ts';

export const trackingError = defineErrors({
  TRACKING_ADDRESS_MISSING: {
    exit: 2,
    about:
      '`tracking:` names MLflow but no server, and MLFLOW_TRACKING_URI is not set to an http address. Write the address into pawl.yaml as tracking.mlflow.uri, or set the variable.',
  },
  TRACKING_NONE: {
    exit: 2,
    about:
      '`pawl sync` has nowhere to send to: pawl.yaml has no `tracking:`. Add it; studies of before can be sent then too.',
  },
  TRACKING_UNSENT: {
    exit: 2,
    about:
      'A tracker could not be reached or refused what it was sent. Nothing is lost: run `pawl sync` again when it answers.',
  },
});
