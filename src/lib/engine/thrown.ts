import * as Comlink from 'comlink';

interface Sent {
  readonly isError: boolean;
  readonly value: { message: string; name: string; stack?: string; fault?: unknown };
}

/** Comlink sends name and message of an error that a call throws; this adds the code by which the page says it. */
export function sendFaults(): void {
  const usual = Comlink.transferHandlers.get('throw') as Comlink.TransferHandler<{ value: unknown }, Sent>;
  Comlink.transferHandlers.set('throw', {
    ...usual,
    serialize(thrown: { value: unknown }) {
      const [sent, moved] = usual.serialize(thrown);
      const { value } = thrown;
      const fault = value instanceof Error && 'fault' in value ? value.fault : undefined;
      return [fault === undefined ? sent : { ...sent, value: { ...sent.value, fault } }, moved];
    }
  } as Comlink.TransferHandler<unknown, unknown>);
}
