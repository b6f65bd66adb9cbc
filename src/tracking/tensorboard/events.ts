import { Message } from '../../metrics/protobuf/message.ts';
import type { ParamValue, TrackedStatus } from '../_contract.ts';
import { encodeRecord } from './record.ts';

/**
 * Events of TensorBoard (tensorflow/core/util/event.proto, framework/summary.proto) as records of an event file.
 * Event: wall_time 1, step 2, file_version 3, summary 5, session_log 7.
 */
function event(seconds: number, step: number, fill: (message: Message) => void): Buffer {
  const message = new Message().double(1, seconds).varint(2, step);
  fill(message);
  return encodeRecord(message.bytes());
}

/** Summary: value 1. Value: tag 1, simple_value 2, image 4, tensor 8, metadata 9. */
const summary = (value: Message): Message => new Message().put(1, value);

/** The first record of every file. */
export const versionEvent = (seconds: number): Buffer =>
  event(seconds, 0, (message) => message.put(3, 'brain.Event:2'));

/** Voids what was logged of this step and later ones. SessionLog: status 1, START = 1. */
export const restartEvent = (seconds: number, step: number): Buffer =>
  event(seconds, step, (message) => message.put(7, new Message().varint(1, 1)));

export const scalarEvent = (seconds: number, step: number, tag: string, value: number): Buffer =>
  event(seconds, step, (message) => message.put(5, summary(new Message().put(1, tag).float(2, value))));

/** SummaryMetadata: plugin_data 1 (plugin_name 1, content 2), data_class 4; a text is a tensor (2) of one string (7). */
export function textEvent(seconds: number, step: number, tag: string, text: string): Buffer {
  const metadata = new Message().put(1, new Message().put(1, 'text')).varint(4, 2);
  const shape = new Message().put(2, new Message().varint(1, 1));
  const tensor = new Message().varint(1, 7).put(2, shape).put(8, text);
  return event(seconds, step, (message) =>
    message.put(5, summary(new Message().put(1, tag).put(9, metadata).put(8, tensor))),
  );
}

/** Image: height 1, width 2, colorspace 3 (RGBA = 4), encoded_image_string 4. */
export function imageEvent(
  seconds: number,
  tag: string,
  { width, height, bytes }: { width: number; height: number; bytes: Uint8Array },
): Buffer {
  const image = new Message().varint(1, height).varint(2, width).varint(3, 4).put(4, bytes);
  return event(seconds, 0, (message) => message.put(5, summary(new Message().put(1, tag).put(4, image))));
}

export const START_TAG = '_hparams_/session_start_info';
const END_TAG = '_hparams_/session_end_info';
const STATUS: Record<TrackedStatus, number> = { running: 3, finished: 1, failed: 2, killed: 2 };

/**
 * The HParams dashboard's row of a run (tensorboard/plugins/hparams/plugin_data.proto). HParamsPluginData: version 1,
 * session_start_info 3 (hparams 1, group_name 4, start_time_secs 5), session_end_info 4 (status 1, end_time_secs 2).
 */
export function sessionStartEvent(
  seconds: number,
  params: Readonly<Record<string, ParamValue>>,
  group: string,
): Buffer {
  const info = new Message();
  for (const [name, value] of Object.entries(params)) {
    // google.protobuf.Value: number_value 2, string_value 3, bool_value 4.
    const typed = new Message();
    if (typeof value === 'number') typed.double(2, value);
    else if (typeof value === 'boolean') typed.varint(4, value ? 1 : 0);
    else typed.put(3, value);
    info.put(1, new Message().put(1, name).put(2, typed));
  }
  info.put(4, group).double(5, seconds);
  return hparamsEvent(seconds, START_TAG, new Message().put(3, info));
}

export const sessionEndEvent = (seconds: number, status: TrackedStatus): Buffer =>
  hparamsEvent(
    seconds,
    END_TAG,
    new Message().put(4, new Message().varint(1, STATUS[status]).double(2, seconds)),
  );

/** The facts stand in the metadata; the value is an empty tensor of floats, as TensorBoard's own writer puts it. */
function hparamsEvent(seconds: number, tag: string, data: Message): Buffer {
  const metadata = new Message().put(1, new Message().put(1, 'hparams').put(2, data));
  const tensor = new Message().varint(1, 1).put(2, new Message().put(2, new Message()));
  return event(seconds, 0, (message) =>
    message.put(5, summary(new Message().put(1, tag).put(9, metadata).put(8, tensor))),
  );
}
