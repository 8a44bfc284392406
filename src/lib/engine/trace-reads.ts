import * as tf from '@tensorflow/tfjs-core';
import { lensRow, traceLoss, type HeadMaps, type Trace, type ValueNorms } from '$lib/gpt2';
import { Calls } from './calls';
import type { EngineModel } from './model-reading';
import { positionFlows } from './position-flows';
import type {
  EngineMemory,
  LensRequest,
  LensRow,
  PositionFlow,
  ReadRequest,
  ReadResult,
  StreamNorms,
  TextLoss
} from './protocol';
import { SerialQueue } from './serial-queue';
import { streamNorms } from './stream-norms';
import { TRACE_BYTES, TraceStore } from './trace-store';

/** Maps of heads and norms come before rows of the logit lens, which take many times longer. */
const MAPS_RANK = 0;
const LENS_RANK = 1;

/** What the page reads of runs that are held. Every call has a number, by which it is cancelled. */
export abstract class TraceReads {
  protected readonly calls = new Calls();
  protected readonly slowReads = new SerialQueue();
  protected readonly traces = new TraceStore<Trace>();

  /** Throws: InputError if no model is loaded. */
  protected abstract get loaded(): EngineModel;

  read(call: number, { trace, name, layer, head }: ReadRequest): Promise<ReadResult> {
    return this.#reading(call, trace, (held) => held.read(name, layer, { head }));
  }

  /** [vocab_size] logits at one position. */
  logits(call: number, trace: number, position: number): Promise<Float32Array> {
    return this.#reading(call, trace, (held) => held.logits(position));
  }

  lens(call: number, { trace, depth, ...options }: LensRequest): Promise<LensRow> {
    return this.#readingSlowly(call, trace, LENS_RANK, (held, signal) =>
      lensRow(held, depth, { ...options, signal })
    );
  }

  /** Every head of a block as a small map. */
  headMaps(call: number, trace: number, layer: number): Promise<HeadMaps> {
    return this.#readingSlowly(call, trace, MAPS_RANK, (held, signal) => held.headMaps(layer, signal));
  }

  /** How long one head's values are, and what it would write of them. */
  valueNorms(call: number, trace: number, layer: number, head: number): Promise<ValueNorms> {
    return this.#reading(call, trace, (held) => held.valueNorms(layer, head));
  }

  /** Norms of everything along the stream, for the map and the residual view. */
  norms(call: number, trace: number): Promise<StreamNorms> {
    return this.#readingSlowly(call, trace, MAPS_RANK, (held, signal) =>
      streamNorms(held, this.loaded.config, signal)
    );
  }

  /** How the streams of some positions came about, and what each would say at every depth. */
  flows(call: number, trace: number, positions: readonly number[]): Promise<PositionFlow[]> {
    return this.#readingSlowly(call, trace, MAPS_RANK, (held, signal) =>
      positionFlows(held, positions, signal)
    );
  }

  /** How well the model expected a trace's own prompt. */
  loss(call: number, trace: number, top: number): Promise<TextLoss> {
    return this.#readingSlowly(call, trace, LENS_RANK, (held, signal) => traceLoss(held, { top, signal }));
  }

  release(trace: number): void {
    this.traces.release(trace);
  }

  memory(): EngineMemory {
    const { numTensors, numBytes } = tf.memory();
    const { size, bytes } = this.traces;
    return {
      tensors: numTensors,
      bytes: numBytes,
      traces: size,
      traceBytes: bytes,
      traceBudget: TRACE_BYTES
    };
  }

  #reading<T>(
    call: number,
    trace: number,
    read: (held: Trace, signal: AbortSignal) => Promise<T>
  ): Promise<T> {
    return this.calls.run(call, async (signal) => {
      const result = await read(this.traces.get(trace), signal);
      this.traces.trim(); // what was read may have rebuilt a block
      signal.throwIfAborted();
      return result;
    });
  }

  /** A read that takes long: those wait for each other, and a shorter one passes them. */
  #readingSlowly<T>(
    call: number,
    trace: number,
    rank: number,
    read: (held: Trace, signal: AbortSignal) => Promise<T>
  ): Promise<T> {
    return this.#reading(call, trace, (_, signal) =>
      this.slowReads.run(() => read(this.traces.get(trace), signal), rank, signal)
    );
  }
}
