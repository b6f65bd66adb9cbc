import * as z from 'zod';

const address = z
  .string()
  .regex(/^https?:\/\/[^\s]+$/i, 'must be an address such as http://127.0.0.1:5000')
  .refine((value) => URL.canParse(value), { error: 'must be an address such as http://127.0.0.1:5000' });

const mlflow = z.strictObject({
  uri: address
    .optional()
    .describe(
      'Address of the MLflow server; default: MLFLOW_TRACKING_URI. Credentials belong in the environment (MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD).',
    ),
  experiment: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Name of the experiment; default: MLFLOW_EXPERIMENT_NAME, else the name of the project folder.',
    ),
  artifacts: z
    .boolean()
    .default(true)
    .describe('Upload configs, reports and plots, where the server passes them on to its artifact store.'),
});

/** `tracking:` of pawl.yaml: where runs are logged to, besides Pawl's own store. */
export const trackingSchema = z
  .union(
    [
      z.enum(['mlflow', 'tensorboard']),
      address,
      z.strictObject({
        mlflow: z
          .union([z.literal(true), address, mlflow], {
            error: 'must be an address such as http://127.0.0.1:5000, true, or {uri, experiment, artifacts}',
          })
          .optional()
          .describe('An MLflow server: its address, or `true` for that in MLFLOW_TRACKING_URI.'),
        tensorboard: z
          .union([z.literal(true), z.string().min(1, 'must name a folder')], {
            error: 'must be a folder inside the project, or true',
          })
          .optional()
          .describe('Folder for TensorBoard event files, inside the project; `true`: `runs`.'),
      }),
    ],
    {
      error:
        'must be mlflow, tensorboard, an address such as http://127.0.0.1:5000, or {mlflow, tensorboard}',
    },
  )
  .optional()
  .describe(
    'Logs every run to MLflow and TensorBoard while it trains: `mlflow`, `tensorboard`, the address of an MLflow server, or both by name.',
  );
