/**
 * One named error class per cause. Every message reads
 * `<function>: <argument> must be <expected>, got <actual>. <What to do>`.
 */

/** A tensor or an array has another shape or length than the function needs. */
export class ShapeError extends Error {
  override name = 'ShapeError';
}

/** config.json is missing a field, or describes a model that is not GPT-2. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** model.safetensors is not a valid file, or its tensors are not those config.json promises. */
export class WeightsError extends Error {
  override name = 'WeightsError';
}

/** vocab.json, merges.txt or tokenizer.json cannot be used. */
export class TokenizerError extends Error {
  override name = 'TokenizerError';
}

/** What can be wrong with what the reader of a page asks for or opens, and the values in the sentence about it. */
export interface Faults {
  editCount: [most: number, count: number];
  editForm: [text: string, examples: string];
  editNumber: [text: string];
  editPositions: [text: string];
  editRange: [edit: string, part: EditPart, last: number];
  editPlace: [edit: string];
  /** A row of a pattern goes to another position. */
  editKeys: [edit: string];
  /** It takes from another run, and there is none. */
  editOther: [edit: string];
  /** The run that it takes from is shorter. */
  editTokens: [edit: string, tokens: number];
  /** The other model is wider, narrower, deeper or shallower. */
  editSizes: [edit: string];
  pairLength: [clean: number, corrupt: number];
  pairMetric: [least: number];
  pathOrder: [];
  /** A processor, by its name in Hugging Face. */
  noTokenLeft: [processor: string, value: number];
  /** A choice by its name in code and links; `last` is null where it has no end. */
  range: [name: string, first: number, last: number | null, value: number];
  /** A setting of the decoding, by its name in Hugging Face. */
  setting: [name: string, value: unknown];
  /** Prompt and new tokens do not fit in the context. */
  promptRoom: [n_ctx: number, tokens: number];
  /** Beam search ends with no more sequences than beams. */
  sequencesOfBeams: [num_beams: number];
  /** Without sampling and beams every sequence is the same. */
  sameSequences: [];
  /** Nothing gets noise. */
  subject: [];
  textTokens: [least: number];
  recordingSize: [most: number, bytes: number];
  /** An address of another site. */
  recordingSite: [address: string];
  /** `status` is null where no answer came. */
  recordingServed: [path: string, status: number | null];
  /** A part of the file, and what is wrong with it, in English. */
  recordingPart: [part: string, problem: string];
  deviceRoom: [bytes: number];
  /** A file has 4 GiB at most. */
  fileRoom: [bytes: number, tokens: number];
  /** What a recorded run does not hold, in English. */
  needsWeights: [what: string];
}

export type EditPart = 'layer' | 'head' | 'neuron' | 'position' | 'token';

/** A code, by which a page finds a sentence in its reader's language, and the values in it. */
export type Fault = {
  [Code in keyof Faults]: { readonly code: Code; readonly values: Faults[Code] };
}[keyof Faults];

/** An error that a page can say in its reader's language. */
class FaultError extends Error {
  /** Where a reader of a page can have caused it. */
  readonly fault: Fault | undefined;

  constructor(message: string, fault?: Fault, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** What a caller asked for cannot be run: an empty or too long prompt, an unknown id, activation or layer. */
export class InputError extends FaultError {
  override name = 'InputError';
}

/** A file is not a recorded run, or not one that this version reads. */
export class RecordingError extends FaultError {
  override name = 'RecordingError';
}

/** A recorded run holds no such numbers, and they can be had with the model's weights alone. */
export class NeedsWeightsError extends FaultError {
  override name = 'NeedsWeightsError';
}

/** A file of a model folder is missing or cannot be read. */
export class ModelFileError extends Error {
  override name = 'ModelFileError';
}

/** A file is there, but did not arrive, or not as it was published. */
export class TransferError extends ModelFileError {
  override name = 'TransferError';
  /** True if the bytes were wrong, so that fetching the file once more may help. */
  readonly isDamage: boolean;

  constructor(message: string, options: ErrorOptions & { isDamage: boolean }) {
    super(message, options);
    this.isDamage = options.isDamage;
  }
}

/** The backend has no memory left for what was to be made. */
export class DeviceMemoryError extends FaultError {
  override name = 'DeviceMemoryError';
}

/** Makes the house's message: `<where> must be <expected>, got <actual>. <advice>`. */
export function mustBe(where: string, expected: string, actual: unknown, advice: string): string {
  return `${where} must be ${expected}, got ${String(actual)}. ${advice}`;
}
